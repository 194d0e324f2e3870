package dev.gale.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The arrows between the modules, and what a kernel class looks like. The cli sees all modules, so the rules live here. */
@AnalyzeClasses(
    packages = "dev.gale",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.OwnClasses.class})
final class ArchitectureTest {

  /** Leaves out the test classes that modules share as jars, and what JMH generates. */
  static final class OwnClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar")
          && !location.contains("/test-classes/")
          && !location.contains("/jmh_generated/");
    }
  }

  private static final String KERNELS = "dev.gale.kernels..";
  private static final String TASKS = "dev.gale.tasks..";
  private static final String MODELS = "dev.gale.models..";
  private static final String VALIDATION = "dev.gale.validation..";
  private static final String HOST = "dev.gale.host..";
  private static final String BENCHMARKS = "dev.gale.benchmarks..";
  private static final String CLI = "dev.gale.cli..";
  private static final String TORNADO_API = "uk.ac.manchester.tornado.api..";
  private static final String COMMONS_MATH = "org.apache.commons.math3..";
  private static final String[] JDK = {"java..", "jdk..", "javax..", "org.jspecify.."};

  @ArchTest static final ArchRule kernelsNeedTheApiOnly = onlyDependOn(KERNELS, TORNADO_API);

  @ArchTest static final ArchRule tasksNeedKernels = onlyDependOn(TASKS, KERNELS, TORNADO_API);

  @ArchTest
  static final ArchRule modelsNeedTasks = onlyDependOn(MODELS, TASKS, KERNELS, TORNADO_API);

  @ArchTest
  static final ArchRule validationNeedsModelsAndCommonsMath =
      onlyDependOn(VALIDATION, MODELS, TASKS, KERNELS, TORNADO_API, COMMONS_MATH);

  @ArchTest static final ArchRule hostNeedsTheApiOnly = onlyDependOn(HOST, TORNADO_API);

  @ArchTest
  static final ArchRule benchmarksNeedValidation =
      noClasses()
          .that()
          .resideInAPackage(BENCHMARKS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HOST, CLI);

  @ArchTest
  static final ArchRule referencesShareNoCodeWithKernels =
      noClasses()
          .that()
          .resideInAPackage("dev.gale.validation.reference..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(KERNELS);

  @ArchTest
  static final ArchRule commonsMathIsReachableFromValidationAndAboveOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(VALIDATION, BENCHMARKS, CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(COMMONS_MATH);

  @ArchTest
  static final ArchRule onlyTheCliKnowsTheHost =
      noClasses()
          .that()
          .resideOutsideOfPackages(HOST, CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HOST);

  @ArchTest
  static final ArchRule tornadosInternalsAreNobodysBusiness =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("uk.ac.manchester.tornado..")
                  .and(not(resideInAPackage(TORNADO_API))));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.gale.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule kernelClassesAreFinalAndNeverMade =
      classes()
          .that()
          .resideInAPackage(KERNELS)
          .and()
          .arePublic()
          .should()
          .haveModifier(JavaModifier.FINAL)
          .andShould()
          .haveOnlyPrivateConstructors();

  @ArchTest
  static final ArchRule kernelMethodsAreStatic =
      methods().that().areDeclaredInClassesThat(publicKernels()).should().beStatic();

  @ArchTest
  static final ArchRule kernelsHoldNoState =
      fields()
          .that()
          .areDeclaredInClassesThat(publicKernels())
          .should()
          .beStatic()
          .andShould()
          .beFinal();

  /** JMH generates subclasses of its benchmarks. */
  @ArchTest
  static final ArchRule classesAreFinalUnlessMadeToBeExtended =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .resideOutsideOfPackage("dev.gale.benchmarks.jmh..")
          .and()
          .areNotInterfaces()
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .and(notPackageInfo())
          .and(haveNoSubclasses())
          .should()
          .haveModifier(JavaModifier.FINAL)
          .orShould()
          .beEnums();

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes().that().areTopLevelClasses().should(liveInANullMarkedPackage());

  private static ArchRule onlyDependOn(String module, String... others) {
    String[] allowed = new String[others.length + JDK.length + 1];
    allowed[0] = module;
    System.arraycopy(others, 0, allowed, 1, others.length);
    System.arraycopy(JDK, 0, allowed, others.length + 1, JDK.length);
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(isArrayOfPrimitives()));
  }

  private static DescribedPredicate<JavaClass> isArrayOfPrimitives() {
    return DescribedPredicate.describe(
        "primitive", type -> type.getBaseComponentType().isPrimitive());
  }

  /** What a task can name. A kernel may have helpers of its own; vector kernels share theirs, which only the JVM runs. */
  private static DescribedPredicate<JavaClass> publicKernels() {
    return resideInAPackage(KERNELS)
        .and(not(resideInAPackage("dev.gale.kernels.vector..")))
        .and(
            DescribedPredicate.describe(
                "public", type -> type.getModifiers().contains(JavaModifier.PUBLIC)));
  }

  private static DescribedPredicate<JavaClass> notPackageInfo() {
    return DescribedPredicate.describe(
        "not package-info", type -> !type.getSimpleName().equals("package-info"));
  }

  private static DescribedPredicate<JavaClass> haveNoSubclasses() {
    return DescribedPredicate.describe(
        "have no subclasses", type -> type.getSubclasses().isEmpty());
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type,
                marked,
                type.getName() + ": its package is " + (marked ? "" : "not ") + "@NullMarked"));
      }
    };
  }
}
