package dev.gale.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargePagesTest {

  @Test
  void asksForThem_whenNobodySaidAnything() {
    Map<String, String> environment = new HashMap<>();
    LargePages.askFor(environment);
    assertThat(environment).containsExactly(Map.entry("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"));
  }

  @ParameterizedTest
  @CsvSource({
    "glibc.malloc.check=3, glibc.malloc.check=3:glibc.malloc.hugetlb=1",
    "glibc.malloc.hugetlb=0, glibc.malloc.hugetlb=0",
    "glibc.malloc.check=3:glibc.malloc.hugetlb=2, glibc.malloc.check=3:glibc.malloc.hugetlb=2"
  })
  void keepsWhatTheUserSays(String before, String after) {
    Map<String, String> environment = new HashMap<>(Map.of("GLIBC_TUNABLES", before));
    LargePages.askFor(environment);
    assertThat(environment).containsExactly(Map.entry("GLIBC_TUNABLES", after));
  }
}
