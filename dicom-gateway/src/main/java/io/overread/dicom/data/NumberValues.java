package io.overread.dicom.data;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Numbers, binary or printed (PS3.5 6.2). */
final class NumberValues {

  private static final int MAXIMUM_DS = 16;
  private static final int MAXIMUM_EXPONENT = 400;

  private NumberValues() {}

  static long[] integers(Element element, Vr vr, CharacterSet characterSet) {
    if (vr.isText()) {
      try {
        return numbers(element, vr, characterSet).stream()
            .mapToLong(BigDecimal::longValueExact)
            .toArray();
      } catch (ArithmeticException notWhole) {
        return new long[0];
      }
    }
    if (!(element.value() instanceof Bytes bytes) || !isInteger(vr)) {
      return new long[0];
    }
    ByteBuffer buffer = littleEndian(bytes.array());
    long[] values = new long[bytes.array().length / size(vr)];
    for (int i = 0; i < values.length; i++) {
      values[i] = integer(vr, buffer);
    }
    return values;
  }

  static double[] decimals(Element element, Vr vr, CharacterSet characterSet) {
    if (vr.isText()) {
      return numbers(element, vr, characterSet).stream()
          .mapToDouble(BigDecimal::doubleValue)
          .toArray();
    }
    if (!(element.value() instanceof Bytes bytes)) {
      return new double[0];
    }
    ByteBuffer buffer = littleEndian(bytes.array());
    return switch (vr) {
      case FL, OF ->
          DoubleStream.generate(buffer::getFloat).limit(buffer.remaining() / Float.BYTES).toArray();
      case FD, OD ->
          DoubleStream.generate(buffer::getDouble)
              .limit(buffer.remaining() / Double.BYTES)
              .toArray();
      default -> LongStream.of(integers(element, vr, characterSet)).asDoubleStream().toArray();
    };
  }

  /** As text: decimal numbers, and AT as (gggg,eeee). */
  static List<String> print(Vr vr, byte[] littleEndian) {
    Element element = new Element(0, vr, Bytes.copyOf(littleEndian));
    List<String> printed = new ArrayList<>();
    if (vr == Vr.FL || vr == Vr.OF) {
      for (double value : decimals(element, vr, CharacterSet.DEFAULT)) {
        printed.add(Float.toString((float) value));
      }
    } else if (vr == Vr.FD || vr == Vr.OD) {
      for (double value : decimals(element, vr, CharacterSet.DEFAULT)) {
        printed.add(Double.toString(value));
      }
    } else {
      for (long value : integers(element, vr, CharacterSet.DEFAULT)) {
        printed.add(
            switch (vr) {
              case AT -> TagNumber.toString((int) value);
              case UV, OV -> Long.toUnsignedString(value);
              default -> Long.toString(value);
            });
      }
    }
    return printed;
  }

  static Bytes ofIntegers(Vr vr, long... values) {
    if (vr == Vr.IS || vr == Vr.DS) {
      String[] printed = LongStream.of(values).mapToObj(Long::toString).toArray(String[]::new);
      return TextValues.write(vr, CharacterSet.DEFAULT, printed);
    }
    if (!isInteger(vr)) {
      return ofDecimals(vr, LongStream.of(values).asDoubleStream().toArray());
    }
    byte[] bytes = new byte[values.length * size(vr)];
    ByteBuffer buffer = littleEndian(bytes);
    for (long value : values) {
      requireRange(vr, value);
      switch (vr) {
        case US, SS, OW -> buffer.putShort((short) value);
        case UL, SL, OL -> buffer.putInt((int) value);
        case AT -> buffer.putShort((short) (value >>> 16)).putShort((short) value);
        default -> buffer.putLong(value);
      }
    }
    return Bytes.owning(bytes);
  }

  static Bytes ofDecimals(Vr vr, double... values) {
    if (vr == Vr.DS) {
      String[] printed =
          DoubleStream.of(values).mapToObj(NumberValues::decimalString).toArray(String[]::new);
      return TextValues.write(vr, CharacterSet.DEFAULT, printed);
    }
    boolean isFloat = vr == Vr.FL || vr == Vr.OF;
    if (!isFloat && vr != Vr.FD && vr != Vr.OD) {
      throw new IllegalArgumentException(vr + " does not hold these numbers");
    }
    byte[] bytes = new byte[values.length * vr.wordLength()];
    ByteBuffer buffer = littleEndian(bytes);
    for (double value : values) {
      if (isFloat) {
        buffer.putFloat((float) value);
      } else {
        buffer.putDouble(value);
      }
    }
    return Bytes.owning(bytes);
  }

  /** The most digits that fit a DS of 16 characters. */
  private static String decimalString(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("DS can't hold " + value);
    }
    String exact =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) value)
            : Double.toString(value);
    for (int digits = 15; exact.length() > MAXIMUM_DS; digits--) {
      exact = String.format(Locale.ROOT, "%." + digits + "g", value);
      if (exact.length() > MAXIMUM_DS) {
        exact = String.format(Locale.ROOT, "%." + digits + "e", value);
      }
    }
    return exact;
  }

  private static List<BigDecimal> numbers(Element element, Vr vr, CharacterSet characterSet) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String text : TextValues.read(element, vr, characterSet)) {
      try {
        BigDecimal number = new BigDecimal(text.strip());
        // A huge exponent would make a number of as many digits when it is used.
        if (Math.abs((long) number.scale()) > MAXIMUM_EXPONENT) {
          return List.of();
        }
        numbers.add(number);
      } catch (NumberFormatException notANumber) {
        return List.of();
      }
    }
    return numbers;
  }

  private static boolean isInteger(Vr vr) {
    return switch (vr) {
      case US, SS, OW, UL, SL, OL, AT, UV, SV, OV -> true;
      default -> false;
    };
  }

  private static int size(Vr vr) {
    return vr == Vr.AT ? 4 : vr.wordLength();
  }

  private static long integer(Vr vr, ByteBuffer buffer) {
    return switch (vr) {
      case US, OW -> Short.toUnsignedLong(buffer.getShort());
      case SS -> buffer.getShort();
      case UL, OL -> Integer.toUnsignedLong(buffer.getInt());
      case SL -> buffer.getInt();
      case AT ->
          Short.toUnsignedLong(buffer.getShort()) << 16 | Short.toUnsignedLong(buffer.getShort());
      default -> buffer.getLong();
    };
  }

  private static void requireRange(Vr vr, long value) {
    boolean holds =
        switch (vr) {
          case US, OW -> value >= 0 && value <= 0xFFFF;
          case SS -> value == (short) value;
          case UL, OL, AT -> value >= 0 && value <= 0xFFFF_FFFFL;
          case SL -> value == (int) value;
          default -> true;
        };
    if (!holds) {
      throw new IllegalArgumentException(vr + " can't hold " + value);
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
