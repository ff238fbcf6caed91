package io.overread.dicom.net;

import java.util.Locale;

/**
 * Status (0000,0900) of a DIMSE response, PS3.7 Annex C and PS3.4 Table B.2-1.
 *
 * @param code 0 to FFFF
 */
public record DimseStatus(int code) {
  /** Success. */
  public static final DimseStatus SUCCESS = new DimseStatus(0x0000);

  /** Failure: Attribute value is not allowed. */
  public static final DimseStatus INVALID_ATTRIBUTE_VALUE = new DimseStatus(0x0106);

  /** Failure: processing failure. */
  public static final DimseStatus PROCESSING_FAILURE = new DimseStatus(0x0110);

  /** Failure: the SOP Instance is there already, with other content. */
  public static final DimseStatus DUPLICATE_SOP_INSTANCE = new DimseStatus(0x0111);

  /** Failure: the SOP Instance UID breaks the rules of UIDs. */
  public static final DimseStatus INVALID_SOP_INSTANCE = new DimseStatus(0x0117);

  /** Failure: an Attribute that must be there is missing. */
  public static final DimseStatus MISSING_ATTRIBUTE = new DimseStatus(0x0120);

  /** Failure: refused, SOP Class not supported. */
  public static final DimseStatus SOP_CLASS_NOT_SUPPORTED = new DimseStatus(0x0122);

  /** Failure: refused, the peer is not authorized. */
  public static final DimseStatus NOT_AUTHORIZED = new DimseStatus(0x0124);

  /** Failure: refused, a message of this Message ID is under way. */
  public static final DimseStatus DUPLICATE_INVOCATION = new DimseStatus(0x0210);

  /** Failure: refused, unrecognized operation. */
  public static final DimseStatus UNRECOGNIZED_OPERATION = new DimseStatus(0x0211);

  /** Failure: refused, a parameter is not one of this operation. */
  public static final DimseStatus MISTYPED_ARGUMENT = new DimseStatus(0x0212);

  /** Failure: refused, out of resources. */
  public static final DimseStatus OUT_OF_RESOURCES = new DimseStatus(0xA700);

  /** Failure: the data set does not match its SOP Class. */
  public static final DimseStatus DATA_SET_DOES_NOT_MATCH_SOP_CLASS = new DimseStatus(0xA900);

  /** Warning: stored, with data elements coerced. */
  public static final DimseStatus COERCION_OF_DATA_ELEMENTS = new DimseStatus(0xB000);

  /** Warning: stored, with elements left out. */
  public static final DimseStatus ELEMENTS_DISCARDED = new DimseStatus(0xB006);

  /** Warning: stored, although the data set does not match its SOP Class. */
  public static final DimseStatus DATA_SET_DOES_NOT_MATCH_SOP_CLASS_WARNING =
      new DimseStatus(0xB007);

  /** Failure: cannot understand the data set. */
  public static final DimseStatus CANNOT_UNDERSTAND = new DimseStatus(0xC000);

  /** Sub-operations were cancelled. */
  public static final DimseStatus CANCEL = new DimseStatus(0xFE00);

  /** More responses follow. */
  public static final DimseStatus PENDING = new DimseStatus(0xFF00);

  /** The class of a status, PS3.7 Annex C. */
  public enum Category {
    /** It was done. */
    SUCCESS,
    /** It was done, with a reservation. */
    WARNING,
    /** It was not done. */
    FAILURE,
    /** It was cancelled. */
    CANCEL,
    /** It goes on. */
    PENDING
  }

  /** Checks that the code fits its 16 bits. */
  public DimseStatus {
    if (code < 0 || code > 0xFFFF) {
      throw new IllegalArgumentException("a DIMSE status has 16 bits: " + code);
    }
  }

  /** What the code means as to its class. */
  public Category category() {
    return switch (code) {
      case 0x0000 -> Category.SUCCESS;
      case 0x0001, 0x0107, 0x0116 -> Category.WARNING;
      case 0xFE00 -> Category.CANCEL;
      case 0xFF00, 0xFF01 -> Category.PENDING;
      default -> (code & 0xF000) == 0xB000 ? Category.WARNING : Category.FAILURE;
    };
  }

  /** Whether the peer did what was asked: success or warning. */
  public boolean isDone() {
    return category() == Category.SUCCESS || category() == Category.WARNING;
  }

  /** Four hexadecimal digits and the class, such as {@code A700 (failure)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%04X (%s)", code, category().name().toLowerCase(Locale.ROOT));
  }
}
