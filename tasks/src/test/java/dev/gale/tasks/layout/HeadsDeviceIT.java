package dev.gale.tasks.layout;

import dev.gale.tasks.testing.RequiresDevice;

@RequiresDevice
class HeadsDeviceIT extends HeadsContract {}
