package io.overread.service;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** The borders that Maven's edges can't say. */
@AnalyzeClasses(packages = "io.overread", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onnx_runtime_stops_at_the_onnx_package =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.overread.vlm.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule hapi_stops_at_the_fhir_package =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.overread.reporting.fhir..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..");

  @ArchTest
  static final ArchRule pdfbox_stops_at_the_results =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.overread.gateway.result..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pdfbox..", "org.apache.fontbox..");

  @ArchTest
  static final ArchRule the_dicom_toolkit_knows_the_jdk_alone =
      classes()
          .that()
          .resideInAPackage("io.overread.dicom..")
          .and()
          .resideOutsideOfPackage("io.overread.dicom.dcm4che..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.overread.dicom..", "java..", "javax..", "jdk.net..", "org.jspecify..", ""));

  @ArchTest
  static final ArchRule dcm4che_stops_at_the_border_of_the_toolkit =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.overread.dicom.dcm4che..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.dcm4che3..");

  @ArchTest
  static final ArchRule dicom_wire_types_stop_at_the_gateway_and_the_peers_of_the_command_line =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.overread.dicom..",
              "io.overread.gateway..",
              "io.overread.service.command..",
              "io.overread.service.synthetic..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.overread.dicom.net..", "io.overread.dicom.data..");

  @ArchTest
  static final ArchRule the_engine_knows_nothing_of_the_product =
      noClasses()
          .that()
          .resideInAPackage("io.overread.vlm..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.overread.dicom..",
                  "io.overread.gateway..",
                  "io.overread.reporting..",
                  "io.overread.audit..",
                  "io.overread.db..",
                  "org.springframework.."));

  @ArchTest
  static final ArchRule the_render_step_knows_no_later_step =
      noClasses()
          .that()
          .resideInAPackage("io.overread.gateway.render..")
          .should()
          .dependOnClassesThat(resideInAPackage("io.overread.gateway.study.."));

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.overread.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule no_package_is_a_drawer =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..dto..", "..impl..");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
