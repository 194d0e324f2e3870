package dev.gale.validation.contract;

import dev.gale.tasks.testing.RequiresDevice;
import dev.gale.validation.cases.AttentionCase;
import java.util.List;

@RequiresDevice
class AttentionContractDeviceIT extends AttentionContract {

  @Override
  List<NamedCase<AttentionCase>> cases() {
    return AttentionCases.forDevices();
  }
}
