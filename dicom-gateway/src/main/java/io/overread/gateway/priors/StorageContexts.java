package io.overread.gateway.priors;

import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import java.util.ArrayList;
import java.util.List;

/** What is taken by C-GET: an association has room for no more than 128 contexts. */
final class StorageContexts {

  private static final List<String> SOP_CLASSES =
      List.of(
          Uid.ComputedRadiographyImageStorage,
          Uid.DigitalXRayImageStorageForPresentation,
          Uid.DigitalXRayImageStorageForProcessing,
          Uid.DigitalMammographyXRayImageStorageForPresentation,
          Uid.DigitalMammographyXRayImageStorageForProcessing,
          Uid.BreastTomosynthesisImageStorage,
          Uid.DigitalIntraOralXRayImageStorageForPresentation,
          Uid.CTImageStorage,
          Uid.EnhancedCTImageStorage,
          Uid.MRImageStorage,
          Uid.EnhancedMRImageStorage,
          Uid.UltrasoundImageStorage,
          Uid.UltrasoundMultiFrameImageStorage,
          Uid.XRayAngiographicImageStorage,
          Uid.XRayRadiofluoroscopicImageStorage,
          Uid.NuclearMedicineImageStorage,
          Uid.PositronEmissionTomographyImageStorage,
          Uid.EnhancedPETImageStorage,
          Uid.SecondaryCaptureImageStorage,
          Uid.MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
          Uid.MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
          Uid.MultiFrameTrueColorSecondaryCaptureImageStorage,
          Uid.VLEndoscopicImageStorage,
          Uid.VLPhotographicImageStorage,
          Uid.OphthalmicPhotography8BitImageStorage,
          Uid.OphthalmicPhotography16BitImageStorage,
          Uid.OphthalmicTomographyImageStorage,
          Uid.SegmentationStorage,
          Uid.GrayscaleSoftcopyPresentationStateStorage,
          Uid.KeyObjectSelectionDocumentStorage,
          Uid.BasicTextSRStorage,
          Uid.EnhancedSRStorage,
          Uid.ComprehensiveSRStorage,
          Uid.Comprehensive3DSRStorage,
          Uid.EncapsulatedPDFStorage);

  /** Uncompressed first: an archive that transcodes does so for the first that it knows. */
  private static final List<String> TRANSFER_SYNTAXES =
      List.of(
          Uid.ExplicitVRLittleEndian,
          Uid.ImplicitVRLittleEndian,
          Uid.JPEGLosslessSV1,
          Uid.JPEGLossless,
          Uid.JPEGLSLossless,
          Uid.JPEG2000Lossless,
          Uid.RLELossless,
          Uid.JPEGBaseline8Bit,
          Uid.JPEGExtended12Bit,
          Uid.JPEGLSNearLossless,
          Uid.JPEG2000);

  private StorageContexts() {}

  /** A context for each SOP Class, with IDs from the given odd one. */
  static List<ProposedContext> proposed(int firstId) {
    List<ProposedContext> contexts = new ArrayList<>();
    for (String sopClass : SOP_CLASSES) {
      contexts.add(new ProposedContext(firstId + 2 * contexts.size(), sopClass, TRANSFER_SYNTAXES));
    }
    return contexts;
  }

  /** We are SCP of all of them. */
  static List<RoleSelection> roles() {
    return SOP_CLASSES.stream().map(uid -> new RoleSelection(uid, false, true)).toList();
  }
}
