package dev.gale.validation.contract;

import dev.gale.tasks.testing.RequiresDevice;

@RequiresDevice
class MatmulContractDeviceIT extends MatmulContract {}
