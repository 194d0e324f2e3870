package dev.gale.validation.contract;

import dev.gale.tasks.testing.OnHost;
import dev.gale.validation.cases.AttentionCase;
import java.util.List;

@OnHost
class AttentionContractTest extends AttentionContract {

  @Override
  List<NamedCase<AttentionCase>> cases() {
    return AttentionCases.all();
  }
}
