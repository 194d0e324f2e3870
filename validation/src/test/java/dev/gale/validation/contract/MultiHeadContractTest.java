package dev.gale.validation.contract;

import dev.gale.tasks.testing.OnHost;

@OnHost
class MultiHeadContractTest extends MultiHeadContract {

  MultiHeadContractTest() {
    super(MultiHeadCases.all());
  }
}
