package dev.gale.tasks.attention;

import dev.gale.tasks.testing.RequiresDevice;

@RequiresDevice
class AttentionDeviceIT extends AttentionContract {}
