package io.overread.gateway.delivery;

import io.overread.dicom.net.DimseStatus;

/** What the statuses of a C-STORE mean (PS3.4 Table B.2-1, PS3.7 Annex C). */
final class StatusWords {

  private static final int LONGEST = 200;

  private StatusWords() {}

  static String of(DimseStatus status) {
    int code = status.code();
    return switch (code) {
      case 0x0000 -> "success";
      case 0x0105 -> "no such attribute";
      case 0x0106 -> "invalid attribute value";
      case 0x0110 -> "processing failure";
      case 0x0111 -> "another object with this SOP Instance UID is there already";
      case 0x0117 -> "invalid SOP Instance UID";
      case 0x0120 -> "missing attribute";
      case 0x0122 -> "SOP Class not supported";
      case 0x0124 -> "not authorized";
      case 0x0210 -> "duplicate invocation";
      case 0x0211 -> "unrecognized operation";
      case 0x0212 -> "mistyped argument";
      case 0xB000 -> "stored with data elements coerced";
      case 0xB006 -> "stored with elements discarded";
      case 0xB007 -> "stored, though the data set does not match its SOP Class";
      default -> ofRange(code);
    };
  }

  private static String ofRange(int code) {
    return switch (code & 0xFF00) {
      case 0xA700 -> "out of resources";
      case 0xA800 -> "SOP Class not supported";
      case 0xA900 -> "the data set does not match its SOP Class";
      default -> (code & 0xF000) == 0xC000 ? "the peer can't understand it" : "failure";
    };
  }

  /** Whether the same object may be taken later: the peer was short of something, or broke down. */
  static boolean mayPass(DimseStatus status) {
    int code = status.code();
    return (code & 0xFF00) == 0xA700
        || code == 0x0110
        || code == 0x0210
        || status.category() == DimseStatus.Category.CANCEL;
  }

  /** What a peer says, as one short line. */
  static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{So}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }
}
