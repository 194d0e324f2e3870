package dev.gale.validation.contract;

import dev.gale.tasks.testing.RequiresDevice;

@RequiresDevice
class MultiHeadContractDeviceIT extends MultiHeadContract {

  MultiHeadContractDeviceIT() {
    super(MultiHeadCases.onOnePlan());
  }
}
