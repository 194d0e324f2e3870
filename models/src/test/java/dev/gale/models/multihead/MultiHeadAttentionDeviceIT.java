package dev.gale.models.multihead;

import dev.gale.tasks.testing.RequiresDevice;

@RequiresDevice
class MultiHeadAttentionDeviceIT extends MultiHeadAttentionContract {}
