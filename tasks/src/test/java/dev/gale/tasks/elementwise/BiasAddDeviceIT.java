package dev.gale.tasks.elementwise;

import dev.gale.tasks.testing.RequiresDevice;

@RequiresDevice
class BiasAddDeviceIT extends BiasAddContract {}
