package io.overread.vlm.evaluate.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number that an answer in words states. */
public final class StatedNumber {

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\d.])-?(?:\\d{1,3}(?:,\\d{3})+|\\d{1,30})?(?:\\.\\d{1,30})?"
              + "(?:[eE][+-]?\\d{1,3})?(?![\\p{L}\\d])");

  private StatedNumber() {}

  /** The last number in the text, as reasoning ends with its result. */
  public static Optional<BigDecimal> last(String text) {
    Optional<BigDecimal> last = Optional.empty();
    Matcher numbers = NUMBER.matcher(text);
    while (numbers.find()) {
      String digits = numbers.group().replace(",", "");
      if (digits.chars().anyMatch(Character::isDigit)) {
        last = parsed(digits);
      }
    }
    return last;
  }

  private static Optional<BigDecimal> parsed(String digits) {
    try {
      return Optional.of(new BigDecimal(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the text's last number is the truth's, both rounded half to even. */
  public static boolean same(String text, String truth, int decimals) {
    Optional<BigDecimal> said = last(text);
    Optional<BigDecimal> stated = last(truth);
    return said.isPresent()
        && stated.isPresent()
        && rounded(said.get(), decimals).compareTo(rounded(stated.get(), decimals)) == 0;
  }

  private static BigDecimal rounded(BigDecimal number, int decimals) {
    return number.setScale(decimals, RoundingMode.HALF_EVEN);
  }
}
