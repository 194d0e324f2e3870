package dev.gale.validation.contract;

import dev.gale.tasks.testing.OnHost;

@OnHost
class AttentionContractTest extends AttentionContract {}
