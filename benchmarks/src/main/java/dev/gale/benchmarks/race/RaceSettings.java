package dev.gale.benchmarks.race;

/**
 * How long and how often.
 *
 * @param rounds samples of each contestant
 * @param sampleSeconds how long a sample takes: as many calls as fit, at least one
 * @param warmUpSeconds how long each is called before the first round, and again as long as it gets faster
 * @param budgetSeconds how long the samples of one contestant may take together; then it sits out the further rounds
 * @param pauseSeconds between two contestants, so that the threads of the one before have gone to sleep
 */
public record RaceSettings(
    int rounds,
    double sampleSeconds,
    double warmUpSeconds,
    double budgetSeconds,
    double pauseSeconds) {}
