package dev.gale.cli.process;

import dev.gale.benchmarks.peer.KnownPeer;
import dev.gale.benchmarks.peer.PeerThreads;
import dev.gale.benchmarks.race.Entrant;
import dev.gale.benchmarks.race.NoRunner;
import dev.gale.benchmarks.race.Runner;
import dev.gale.benchmarks.work.Work;
import dev.gale.benchmarks.worker.Command;
import dev.gale.cli.common.Surroundings;
import dev.gale.tasks.device.DeviceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts contestants, each in a process that has what it needs and as many threads as it is given. */
public final class BenchRunners {

  private static final String HOST = "host";

  private final Surroundings surroundings;
  private final Sdk sdk;
  private final Duration limit;

  /**
   * @param limit how long one answer of a contestant may take
   */
  public BenchRunners(Surroundings surroundings, Duration limit) {
    this.surroundings = surroundings;
    this.sdk = Sdk.find(surroundings);
    this.limit = limit;
  }

  /**
   * What all contestants of a race have in common.
   *
   * @param work what they compute
   * @param threads on how many threads
   * @param seed of the input
   * @param copies whether Gale copies its inputs to the device and its outputs back at every call
   * @param expectations the directory that they share references in
   * @param referenceLimit multiplications or exponentials that a reference may take
   */
  public record Terms(
      Work work, int threads, long seed, boolean copies, Path expectations, long referenceLimit) {}

  /** Starts one. What stands in the way of that it says when it is opened. */
  public Runner start(Entrant entrant, Terms terms) {
    try {
      return switch (entrant.kind()) {
        case GALE -> gale(entrant, terms);
        case PEER -> peer(entrant, terms);
        case CEILING ->
            start(
                new WorkerRuntime.None("the machine", ClassPath.withHost()),
                List.of(),
                Map.of(),
                open(entrant, terms, ""));
      };
    } catch (WorkerFailedException failure) {
      return new NoRunner(String.valueOf(failure.getMessage()), false);
    } catch (IOException failure) {
      return new NoRunner("process not started: " + failure, false);
    }
  }

  private Runner gale(Entrant entrant, Terms terms) throws IOException, WorkerFailedException {
    String backend = DeviceId.parse(entrant.name()).backend();
    int threads = terms.threads();
    if (backend.equals(HOST)) {
      return start(
          new WorkerRuntime.Host(surroundings, threads),
          List.of(),
          Map.of(),
          open(entrant, terms, "gale.host.threads=" + threads));
    }
    if (sdk instanceof Sdk.Installed found) {
      return start(
          new WorkerRuntime.Tornado(found, surroundings, threads, limit),
          List.of(),
          Map.of(),
          open(entrant, terms, "PoCL, if it is PoCL: POCL_MAX_PTHREAD_COUNT=" + threads));
    }
    return new NoRunner("no TornadoVM SDK", true);
  }

  private Runner peer(Entrant entrant, Terms terms) throws IOException, WorkerFailedException {
    KnownPeer known = KnownPeer.byId(entrant.name());
    String classPath = PeerClassPath.of(known, surroundings);
    if (classPath == null) {
      return new NoRunner("not built in: ./tornado-env.sh gale -Ppeers bench ... builds it", true);
    }
    return start(
        new WorkerRuntime.None(known.library(), classPath),
        PeerThreads.flags(terms.threads()),
        PeerThreads.environment(terms.threads()),
        open(entrant, terms, ""));
  }

  private Runner start(
      WorkerRuntime runtime, List<String> flags, Map<String, String> environment, Command.Open open)
      throws IOException, WorkerFailedException {
    return new BenchProcess(runtime, flags, environment, open, limit);
  }

  private static Command.Open open(Entrant entrant, Terms terms, String threadsFixed) {
    return new Command.Open(
        entrant,
        terms.work().operator(),
        terms.work().shape(),
        terms.seed(),
        terms.threads(),
        threadsFixed,
        terms.copies(),
        terms.expectations().toString(),
        terms.referenceLimit());
  }
}
