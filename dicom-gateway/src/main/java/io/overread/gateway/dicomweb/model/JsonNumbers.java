package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import tools.jackson.databind.JsonNode;

/** Brings numbers of JSON into the forms of PS3.5 6.2. */
final class JsonNumbers {

  private static final int LONGEST_DECIMAL_STRING = 16;

  private JsonNumbers() {}

  /** Adds FL or FD, whose values may be words for what is not finite. */
  static void put(DataSet dataSet, int tag, Vr vr, JsonNode values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.size() * vr.wordLength()).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode value : values) {
      double number =
          value.isNumber()
              ? value.decimalValue().doubleValue()
              : Double.parseDouble(value.asString());
      if (vr == Vr.FL) {
        bytes.putFloat((float) number);
      } else {
        bytes.putDouble(number);
      }
    }
    dataSet.putBytes(tag, vr, bytes.array());
  }

  /** A DS: as it was written where it fits its 16 characters, else with as many digits as fit. */
  static String decimalString(JsonNode value) {
    if (!value.isNumber()) {
      return value.asString();
    }
    BigDecimal number = value.decimalValue();
    String exact = number.toString();
    if (exact.length() > LONGEST_DECIMAL_STRING
        && Math.abs((long) number.scale()) < LONGEST_DECIMAL_STRING) {
      exact = number.toPlainString();
    }
    for (int digits = LONGEST_DECIMAL_STRING;
        exact.length() > LONGEST_DECIMAL_STRING && digits > 0;
        digits--) {
      exact = number.round(new MathContext(digits)).toString();
    }
    return exact;
  }
}
