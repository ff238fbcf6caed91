package io.overread.reporting.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;

/**
 * HAPI's instance validator with R4's own profiles and terminology. Codes of systems that it does
 * not hold (SNOMED CT, LOINC, RadLex, DICOM) are warnings, all else that is wrong is an error.
 */
final class Validator {
  private final FhirValidator validator;

  Validator() {
    var context = FhirContext.forR4Cached();
    var unknown = new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    var chain =
        new ValidationSupportChain(
            laterTerminology(context),
            new DefaultProfileValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new InMemoryTerminologyServerValidationSupport(context),
            unknown);
    validator = context.newValidator();
    validator.registerValidatorModule(new FhirInstanceValidator(chain));
  }

  /** R4's code system of the AIAST label, with that code, which HL7 added to it after R4. */
  private static IValidationSupport laterTerminology(FhirContext context) {
    var url = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    var ofR4 = (CodeSystem) new DefaultProfileValidationSupport(context).fetchCodeSystem(url);
    var later = ofR4.copy();
    later.addConcept().setCode("AIAST").setDisplay("Artificial Intelligence asserted");
    var support = new PrePopulatedValidationSupport(context);
    support.addCodeSystem(later);
    return support;
  }

  /** What is wrong with the resource as it goes over the wire. */
  List<String> errors(IBaseResource resource) {
    return messages(resource, Set.of(ResultSeverityEnum.ERROR, ResultSeverityEnum.FATAL));
  }

  List<String> warnings(IBaseResource resource) {
    return messages(resource, Set.of(ResultSeverityEnum.WARNING));
  }

  private List<String> messages(IBaseResource resource, Set<ResultSeverityEnum> severities) {
    var json = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
    var messages = new TreeSet<String>();
    for (SingleValidationMessage message : validator.validateWithResult(json).getMessages()) {
      if (severities.contains(message.getSeverity())) {
        messages.add(message.getLocationString() + ": " + message.getMessage());
      }
    }
    return List.copyOf(messages);
  }
}
