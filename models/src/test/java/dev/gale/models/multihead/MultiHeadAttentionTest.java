package dev.gale.models.multihead;

import dev.gale.tasks.testing.OnHost;

@OnHost
class MultiHeadAttentionTest extends MultiHeadAttentionContract {}
