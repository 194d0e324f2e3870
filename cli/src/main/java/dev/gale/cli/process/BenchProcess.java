package dev.gale.cli.process;

import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Opened;
import dev.gale.benchmarks.contestant.Sample;
import dev.gale.benchmarks.race.Judgement;
import dev.gale.benchmarks.race.Runner;
import dev.gale.benchmarks.race.RunnerFailedException;
import dev.gale.benchmarks.worker.BenchWorker;
import dev.gale.benchmarks.worker.Command;
import dev.gale.benchmarks.worker.Reply;
import dev.gale.cli.work.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A contestant in a JVM of its own, which begins at once and does what it is told, one thing at a time. Its crash, or its
 * silence beyond a limit, is that contestant's failure and no more.
 */
final class BenchProcess implements Runner {

  private static final long POLL_MILLIS = 2;

  private final PrivateDirectory directory;
  private final Path log;
  private final Process process;
  private final EventReader<Reply> events;
  private final Writer commands;
  private final Queue<Reply> replies = new ArrayDeque<>();
  private final Command.Open open;
  private final Duration limit;

  /**
   * Starts the process.
   *
   * @param runtime what it has
   * @param flags JVM flags beside the runtime's
   * @param environment variables beside this process's
   * @param open who it is to be
   * @param limit how long one answer may take
   */
  BenchProcess(
      WorkerRuntime runtime,
      List<String> flags,
      Map<String, String> environment,
      Command.Open open,
      Duration limit)
      throws IOException, WorkerFailedException {
    this.open = open;
    this.limit = limit;
    this.directory = PrivateDirectory.create();
    Path path = directory.path();
    Path replyFile = Files.createFile(path.resolve(BenchWorker.REPLIES));
    log = path.resolve("worker.log");
    List<String> all = new ArrayList<>(flags);
    // Native libraries that Java libraries unpack go with the directory.
    all.add("-Djava.io.tmpdir=" + path);
    ProcessBuilder builder =
        new ProcessBuilder(runtime.command(path, all, BenchWorker.class.getName()))
            .directory(path.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    builder.environment().putAll(runtime.environment());
    LargePages.askFor(builder.environment());
    process = Ending.process(builder::start);
    commands = process.outputWriter(StandardCharsets.UTF_8);
    events = new EventReader<>(replyFile, Reply.class);
  }

  @Override
  public Opened open() throws AbsentException, RunnerFailedException {
    Reply started = await("starting");
    if (!(started instanceof Reply.Started)) {
      throw unexpected(started);
    }
    return switch (ask(open, "first call")) {
      case Reply.Open opened -> opened.opened();
      case Reply.Absent absent -> throw new AbsentException(absent.reason());
      case Reply other -> throw unexpected(other);
    };
  }

  @Override
  public Judgement judge(boolean thorough) throws RunnerFailedException {
    return switch (ask(new Command.Judge(thorough), "validating")) {
      case Reply.Judged judged -> judged.judgement();
      case Reply other -> throw unexpected(other);
    };
  }

  @Override
  public double warm(double seconds) throws RunnerFailedException {
    return switch (ask(new Command.Warm(seconds), "warming up")) {
      case Reply.Warmed warmed -> warmed.nanosPerCall();
      case Reply other -> throw unexpected(other);
    };
  }

  @Override
  public Sample measure(int calls, boolean ready) throws RunnerFailedException {
    return switch (ask(new Command.Measure(calls, ready), "running")) {
      case Reply.Sampled sampled -> sampled.sample();
      case Reply other -> throw unexpected(other);
    };
  }

  private Reply ask(Command command, String doing) throws RunnerFailedException {
    try {
      commands.write(Json.line(command) + "\n");
      commands.flush();
    } catch (IOException gone) {
      // It has died: waiting for its answer tells how.
    }
    return await(doing);
  }

  private Reply await(String doing) throws RunnerFailedException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        replies.addAll(events.poll());
        Reply reply = replies.poll();
        if (reply != null) {
          return reply;
        }
        if (ended) {
          Ending.holdIfEnding(process.exitValue());
          directory.keep();
          throw new RunnerFailedException(
              Death.describe(process.exitValue(), directory.path(), doing, log));
        }
        if (System.nanoTime() > deadline) {
          process.destroyForcibly().waitFor();
          throw new RunnerFailedException(
              "no answer in " + limit.toSeconds() + " s (" + doing + "); its process was killed");
        }
      }
    } catch (IOException failure) {
      throw new RunnerFailedException(doing + ": " + failure, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RunnerFailedException("interrupted", interrupted);
    }
  }

  private static RunnerFailedException unexpected(Reply reply) {
    return new RunnerFailedException(
        reply instanceof Reply.Failed failed ? failed.message() : "unexpected answer: " + reply);
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
      Ending.forget(process);
      events.close();
      directory.close();
    } catch (IOException leftOpen) {
      // What it has said is read.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
