package dev.gale.validation.contract;

import dev.gale.tasks.testing.RequiresDevice;
import dev.gale.validation.cases.AttentionCase;
import java.util.List;

@RequiresDevice
class ProbabilitiesContractDeviceIT extends ProbabilitiesContract {

  /** A device compiles each case anew, so only some sizes, and no special inputs. */
  @Override
  List<NamedCase<AttentionCase>> cases() {
    return AttentionCases.masked();
  }
}
