package io.overread.gateway.dicomweb;

import io.overread.dicom.dictionary.Uid;
import java.util.Optional;

/** The media types of PS3.18 8.7.3, and which transfer syntax goes with which. */
public final class ResourceType {

  /** A DICOM file. */
  public static final String DICOM = "application/dicom";

  /** The DICOM JSON Model. */
  public static final String JSON = "application/dicom+json";

  /** The Native DICOM Model. */
  public static final String XML = "application/dicom+xml";

  /** Uncompressed bulk data. */
  public static final String OCTET_STREAM = "application/octet-stream";

  private ResourceType() {}

  /** The media type of compressed frames of a transfer syntax (Table 8.7.3-5), if it has one. */
  public static Optional<String> ofFrames(String transferSyntaxUid) {
    return Optional.ofNullable(
        switch (transferSyntaxUid) {
          case Uid.JPEGBaseline8Bit,
              Uid.JPEGExtended12Bit,
              Uid.JPEGSpectralSelectionNonHierarchical68,
              Uid.JPEGFullProgressionNonHierarchical1012,
              Uid.JPEGLossless,
              Uid.JPEGLosslessSV1 ->
              "image/jpeg";
          case Uid.RLELossless -> "image/dicom-rle";
          case Uid.JPEGLSLossless, Uid.JPEGLSNearLossless -> "image/jls";
          case Uid.JPEG2000Lossless, Uid.JPEG2000 -> "image/jp2";
          case Uid.JPEG2000MCLossless, Uid.JPEG2000MC -> "image/jpx";
          case Uid.HTJ2KLossless, Uid.HTJ2KLosslessRPCL, Uid.HTJ2K -> "image/jphc";
          case Uid.JPEGXLLossless, Uid.JPEGXLJPEGRecompression, Uid.JPEGXL -> "image/jxl";
          default -> null;
        });
  }

  /** The transfer syntax of frames of a media type that come without naming one. */
  public static Optional<String> defaultTransferSyntax(String mediaType) {
    return Optional.ofNullable(
        switch (mediaType) {
          case "image/jpeg" -> Uid.JPEGLosslessSV1;
          case "image/dicom-rle" -> Uid.RLELossless;
          case "image/jls" -> Uid.JPEGLSLossless;
          case "image/jp2" -> Uid.JPEG2000Lossless;
          case "image/jpx" -> Uid.JPEG2000MCLossless;
          case "image/jphc" -> Uid.HTJ2KLossless;
          case "image/jxl" -> Uid.JPEGXLLossless;
          default -> null;
        });
  }
}
