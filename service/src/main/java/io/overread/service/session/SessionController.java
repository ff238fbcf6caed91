package io.overread.service.session;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sign-in and sign-out of the console. */
@RestController
@RequestMapping("/api/session")
class SessionController {
  private final SignIn signIn;
  private final Users users;
  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();

  SessionController(SignIn signIn, Users users) {
    this.signIn = signIn;
    this.users = users;
  }

  @GetMapping
  @Operation(summary = "Who is signed in; also hands out the CSRF cookie")
  ResponseEntity<SignedIn> session(@Nullable Authentication authentication, CsrfToken csrf) {
    // Asking for the token is what makes it a cookie.
    csrf.getToken();
    return authentication == null || !authentication.isAuthenticated()
        ? ResponseEntity.status(HttpStatus.UNAUTHORIZED).build()
        : ResponseEntity.ok(describe(authentication.getName()));
  }

  @PostMapping
  @Operation(summary = "Signs in with name and password and starts a session")
  SignedIn signIn(
      @RequestBody @Valid Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response) {
    Authentication authentication = signIn.signIn(credentials.username, credentials.password);
    HttpSession before = request.getSession(false);
    if (before != null) {
      // A session id known before the sign-in must not become a signed-in one.
      before.invalidate();
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(authentication);
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
    return describe(authentication.getName());
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Signs out")
  void signOut(HttpServletRequest request, Authentication authentication) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    signIn.signedOut(authentication.getName());
  }

  private SignedIn describe(String username) {
    User user = users.find(username).orElseThrow(() -> new BadCredentialsException("no such user"));
    return new SignedIn(
        user.username(),
        user.displayName(),
        user.roles().stream().sorted().map(Role::word).toList());
  }

  record Credentials(
      @NotBlank @Size(max = 64) String username, @NotBlank @Size(max = 1000) String password) {
    @Override
    public String toString() {
      return "Credentials[" + username + "]";
    }
  }

  record SignedIn(String username, String displayName, List<String> roles) {}
}
