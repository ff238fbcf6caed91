package io.overread.vlm.guard;

import io.overread.vlm.model.Scope;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Images outside of what the model was made to read, by what their header says. */
public final class ScopeGuard {

  private static final Pattern CODE_STRING = Pattern.compile("[A-Z0-9_ ]{1,16}");

  private final Scope scope;

  /** For the scope that the model's folder states. */
  public ScopeGuard(Scope scope) {
    this.scope = scope;
  }

  /**
   * What it has against such images.
   *
   * @param modality a defined term of Modality (0008,0060)
   * @param bodyPart a defined term of Body Part Examined (0018,0015); null where it isn't known
   */
  public Optional<Objection> objection(String modality, @Nullable String bodyPart) {
    if (!scope.holds(modality)) {
      return of("The model was not made to read images of modality " + shown(modality) + ".");
    }
    if (!scope.holds(modality, bodyPart)) {
      return of(
          "The model was not made to read "
              + shown(modality)
              + " images of this part of the body: "
              + shown(bodyPart)
              + ".");
    }
    return Optional.empty();
  }

  /** A header's value is shown only where it has the form of a Code String (PS3.5 6.2). */
  private static String shown(@Nullable String code) {
    return code != null && CODE_STRING.matcher(code).matches() ? code : "unknown";
  }

  private static Optional<Objection> of(String reason) {
    return Optional.of(new Objection(Guard.OUT_OF_SCOPE, reason));
  }
}
