package dev.gale.tasks.elementwise;

import dev.gale.tasks.testing.OnHost;

@OnHost
class BiasAddTest extends BiasAddContract {}
