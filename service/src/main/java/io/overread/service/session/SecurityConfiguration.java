package io.overread.service.session;

import io.overread.audit.AuditTrail;
import io.overread.service.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who may reach what. Nothing but the health check, the console's own files and the sign-in is
 * open.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final String RADIOLOGIST = Role.RADIOLOGIST.name();
  private static final String ADMINISTRATOR = Role.ADMINISTRATOR.name();
  private static final String AUDITOR = Role.AUDITOR.name();

  /** No inline script or style, nothing from elsewhere. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Bean
  PasswordEncoder passwordEncoder() {
    return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }

  @Bean
  Users users(JdbcTemplate jdbc, PasswordEncoder encoder, Clock clock) {
    return new Users(jdbc, encoder, clock);
  }

  @Bean
  FirstUser firstUser(Users users, AuditTrail trail, TransactionTemplate transaction) {
    return new FirstUser(users, trail, transaction);
  }

  @Bean
  SignIn signIn(
      Users users,
      PasswordEncoder encoder,
      Clock clock,
      AuditTrail trail,
      TransactionTemplate transaction) {
    DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(users);
    passwords.setPasswordEncoder(encoder);
    return new SignIn(passwords, new SignInLimiter(clock), trail, transaction, clock);
  }

  /**
   * The console's own files: their names hold their digests, so a browser may keep them. No session
   * and no user is behind them.
   */
  @Bean
  @Order(1)
  SecurityFilterChain assets(HttpSecurity http) throws Exception {
    return http.securityMatcher("/assets/**")
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(HttpMethod.GET, "/assets/**")
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .securityContext(context -> context.disable())
        .sessionManagement(session -> session.disable())
        .headers(
            headers ->
                headers
                    .cacheControl(cache -> cache.disable())
                    .addHeaderWriter(
                        new StaticHeadersWriter(
                            "Cache-Control", "public, max-age=31536000, immutable")))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain security(HttpSecurity http, SignIn signIn, ProblemWriter problems)
      throws Exception {
    return http.authenticationProvider(signIn)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers("/actuator/health")
                    .permitAll()
                    .requestMatchers("/actuator/prometheus", "/api/system")
                    .hasRole(ADMINISTRATOR)
                    .requestMatchers(HttpMethod.GET, "/api/session")
                    .permitAll()
                    .requestMatchers(HttpMethod.POST, "/api/session")
                    .permitAll()
                    .requestMatchers(HttpMethod.DELETE, "/api/session")
                    .authenticated()
                    .requestMatchers("/api/studies/*/audit")
                    .hasAnyRole(AUDITOR, RADIOLOGIST, ADMINISTRATOR)
                    .requestMatchers(HttpMethod.GET, "/api/studies", "/api/studies/events")
                    .hasAnyRole(RADIOLOGIST, ADMINISTRATOR, AUDITOR)
                    .requestMatchers(HttpMethod.GET, "/api/studies/*/comparisons")
                    .hasAnyRole(RADIOLOGIST, ADMINISTRATOR)
                    .requestMatchers("/api/triage/**", "/api/models/*/health")
                    .hasRole(ADMINISTRATOR)
                    .requestMatchers(
                        "/api/studies/*/deliveries", "/api/studies/*/deliveries/*/resend")
                    .hasAnyRole(RADIOLOGIST, ADMINISTRATOR)
                    .requestMatchers(HttpMethod.GET, "/api/studies/*/retention")
                    .hasAnyRole(RADIOLOGIST, ADMINISTRATOR)
                    .requestMatchers("/api/studies/*/retention/hold")
                    .hasRole(ADMINISTRATOR)
                    .requestMatchers("/api/studies/**")
                    .hasRole(RADIOLOGIST)
                    .requestMatchers("/api/associations")
                    .hasRole(ADMINISTRATOR)
                    .requestMatchers("/api/**")
                    .authenticated()
                    .requestMatchers("/fhir/AuditEvent/**", "/fhir/AuditEvent")
                    .hasAnyRole(AUDITOR, ADMINISTRATOR)
                    .requestMatchers("/fhir/metadata")
                    .authenticated()
                    .requestMatchers("/fhir/**")
                    .hasAnyRole(RADIOLOGIST, ADMINISTRATOR)
                    .requestMatchers(
                        HttpMethod.GET,
                        "/dicomweb/studies",
                        "/dicomweb/series",
                        "/dicomweb/instances")
                    .hasAnyRole(RADIOLOGIST, ADMINISTRATOR)
                    .requestMatchers(HttpMethod.POST, "/dicomweb/studies", "/dicomweb/studies/*")
                    .hasAnyRole(RADIOLOGIST, ADMINISTRATOR)
                    .requestMatchers("/dicomweb/**")
                    .hasRole(RADIOLOGIST)
                    .requestMatchers(HttpMethod.GET, "/", "/index.html", "/*.svg")
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .httpBasic(basic -> basic.authenticationEntryPoint(problems))
        .csrf(csrf -> csrf.spa().ignoringRequestMatchers(SecurityConfiguration::isScript))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                    .frameOptions(frame -> frame.deny()))
        .build();
  }

  /**
   * A request that carries its password itself needs no token against forgery: no browser adds that
   * header on its own, because no answer of ours ever asks for Basic.
   */
  private static boolean isScript(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    return authorization != null && authorization.regionMatches(true, 0, "Basic ", 0, 6);
  }
}
