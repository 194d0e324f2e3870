package dev.gale.benchmarks.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gale.benchmarks.contestant.AbsentException;
import dev.gale.benchmarks.contestant.Expectations;
import dev.gale.benchmarks.race.LocalRunner;
import dev.gale.benchmarks.race.Runner;
import dev.gale.benchmarks.race.RunnerFailedException;
import dev.gale.benchmarks.work.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a process that one contestant runs in. It does what its standard input says, line by line, and
 * answers in a file: drivers and libraries print to standard output. When its standard input ends, so does it, at once.
 */
public final class BenchWorker {

  /** The file with the answers, in the worker's directory. */
  public static final String REPLIES = "replies.jsonl";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path replies;
  private @Nullable Runner runner;

  private BenchWorker(Path replies) {
    this.replies = replies;
  }

  /**
   * @param args the worker's directory
   */
  public static void main(String[] args) throws Exception {
    BlockingQueue<String> lines = follow();
    BenchWorker worker = new BenchWorker(Path.of(args[0]).resolve(REPLIES));
    worker.reply(new Reply.Started());
    while (true) {
      worker.reply(worker.answer(MAPPER.readValue(lines.take(), Command.class)));
    }
  }

  /** The parent's lines. A thread of its own waits for them, so that their end is seen while something computes. */
  private static BlockingQueue<String> follow() {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
              } catch (IOException | RuntimeException gone) {
                // The same as the end.
              }
              // Not exit: a driver's threads and exit handlers have nothing to add, and some hang.
              Runtime.getRuntime().halt(0);
            },
            "parent-watch");
    reader.setDaemon(true);
    reader.start();
    return lines;
  }

  private Reply answer(Command command) {
    try {
      return switch (command) {
        case Command.Open open -> open(open);
        case Command.Judge judge -> new Reply.Judged(runner().judge(judge.thorough()));
        case Command.Warm warm -> new Reply.Warmed(runner().warm(warm.seconds()));
        case Command.Measure measure ->
            new Reply.Sampled(runner().measure(measure.calls(), measure.ready()));
      };
    } catch (AbsentException absent) {
      return new Reply.Absent(String.valueOf(absent.getMessage()));
    } catch (RunnerFailedException failure) {
      // For the log.
      failure.printStackTrace();
      return new Reply.Failed(String.valueOf(failure.getMessage()));
    } catch (RuntimeException | LinkageError | OutOfMemoryError failure) {
      failure.printStackTrace();
      return new Reply.Failed(failure.toString().strip().replaceAll("\\s+", " "));
    }
  }

  private Reply open(Command.Open open) throws AbsentException, RunnerFailedException {
    Work work = Work.parse(open.operator(), open.shape());
    Runner made =
        new LocalRunner(
            Contestants.of(open, work),
            new Expectations(Path.of(open.expectations()), work, open.seed(), open.limit()));
    runner = made;
    return new Reply.Open(made.open());
  }

  private Runner runner() {
    if (runner == null) {
      throw new IllegalStateException("a command before open");
    }
    return runner;
  }

  private void reply(Reply reply) throws IOException {
    Files.writeString(
        replies,
        MAPPER.writeValueAsString(reply) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
