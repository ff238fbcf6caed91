package io.overread.service.session;

import io.overread.reporting.review.Reviewer;
import io.overread.reporting.review.SignerVerification;
import java.util.stream.Collectors;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** The signed-in user as the review desk knows people, and the password check of a signature. */
@Component
public class Reviewers implements SignerVerification {
  private final Users users;

  Reviewers(Users users) {
    this.users = users;
  }

  /** The person behind a request, with the roles held now. */
  public Reviewer of(Authentication authentication) {
    User user =
        users
            .find(authentication.getName())
            .orElseThrow(() -> new BadCredentialsException("The user is gone or disabled."));
    return new Reviewer(
        user.username(),
        user.displayName(),
        user.roles().stream().map(Role::word).collect(Collectors.toSet()));
  }

  @Override
  public boolean verify(String username, CharSequence password) {
    return users.passwordMatches(username, password.toString());
  }
}
