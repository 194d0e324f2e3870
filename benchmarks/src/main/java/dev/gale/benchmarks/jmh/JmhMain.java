package dev.gale.benchmarks.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks, with JMH's own options: {@code java -jar gale-benchmarks.jar MatmulBenchmark -p
 * shape=512x512x512}. The forks run on the JVM device, unless {@code -jvmArgs} names the flags of another runtime, such
 * as {@code @$TORNADOVM_HOME/tornado-argfile}.
 */
public final class JmhMain {

  private JmhMain() {}

  public static void main(String[] args) throws Exception {
    CommandLineOptions asked = new CommandLineOptions(args);
    if (asked.shouldHelp()) {
      asked.showHelp();
      return;
    }
    Properties flags = flags();
    List<String> all = words(flags, "all");
    Collection<String> given = asked.getJvmArgs().orElse(List.of());
    List<String> fork = new ArrayList<>(given.isEmpty() ? words(flags, "host") : given);
    fork.addAll(all);
    ChainedOptionsBuilder options =
        new OptionsBuilder().parent(asked).jvmArgs(fork.toArray(String[]::new));
    Runner runner = new Runner(options.build());
    if (asked.shouldList()) {
      runner.list();
    } else if (asked.shouldListWithParams()) {
      runner.listWithParams(asked);
    } else if (asked.shouldListProfilers()) {
      asked.listProfilers();
    } else if (asked.shouldListResultFormats()) {
      asked.listResultFormats();
    } else {
      runner.run();
    }
  }

  private static List<String> words(Properties flags, String key) {
    return Arrays.asList(flags.getProperty(key).strip().split("\\s+"));
  }

  private static Properties flags() throws IOException {
    Properties flags = new Properties();
    try (InputStream in = JmhMain.class.getResourceAsStream("jvm-flags.properties")) {
      if (in == null) {
        throw new IllegalStateException("jvm-flags.properties is missing from the build");
      }
      flags.load(in);
    }
    return flags;
  }
}
