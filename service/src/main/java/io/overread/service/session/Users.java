package io.overread.service.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The local users, in table {@code app_user}; passwords as Argon2 digests. */
public class Users implements UserDetailsService {
  private final JdbcTemplate jdbc;
  private final PasswordEncoder encoder;
  private final Clock clock;

  public Users(JdbcTemplate jdbc, PasswordEncoder encoder, Clock clock) {
    this.jdbc = jdbc;
    this.encoder = encoder;
    this.clock = clock;
  }

  /** Whether nobody can sign in yet. */
  public boolean none() {
    Integer count = jdbc.queryForObject("SELECT count(*) FROM app_user", Integer.class);
    return count == null || count == 0;
  }

  /** Adds a user. */
  public void create(User user, String password) {
    jdbc.update(
        "INSERT INTO app_user (username, display_name, password_hash, roles, created_at)"
            + " VALUES (?, ?, ?, ?, ?)",
        user.username(),
        user.displayName(),
        encoder.encode(password),
        user.roles().stream().map(Role::word).toArray(String[]::new),
        OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /** Gives a user another password; false if there is no such user. */
  public boolean setPassword(String username, String password) {
    return jdbc.update(
            "UPDATE app_user SET password_hash = ? WHERE username = ?",
            encoder.encode(password),
            username)
        == 1;
  }

  /** The user of that name, unless disabled. */
  public Optional<User> find(String username) {
    return jdbc
        .query(
            "SELECT * FROM app_user WHERE username = ? AND NOT disabled",
            (row, number) -> user(row),
            username.toLowerCase(Locale.ROOT))
        .stream()
        .findFirst();
  }

  /** Whether that is the user's password; a signature asks again. */
  public boolean passwordMatches(String username, String password) {
    return jdbc
        .query(
            "SELECT password_hash FROM app_user WHERE username = ? AND NOT disabled",
            (row, number) -> row.getString(1),
            username.toLowerCase(Locale.ROOT))
        .stream()
        .anyMatch(hash -> encoder.matches(password, hash));
  }

  @Override
  public UserDetails loadUserByUsername(String username) {
    return jdbc
        .query(
            "SELECT * FROM app_user WHERE username = ?",
            (row, number) -> details(row),
            username.toLowerCase(Locale.ROOT))
        .stream()
        .findFirst()
        .orElseThrow(() -> new UsernameNotFoundException("no such user"));
  }

  private static User user(ResultSet row) throws SQLException {
    String[] roles = (String[]) row.getArray("roles").getArray();
    return new User(
        row.getString("username"),
        row.getString("display_name"),
        Arrays.stream(roles).map(Role::of).collect(Collectors.toSet()));
  }

  private static UserDetails details(ResultSet row) throws SQLException {
    User user = user(row);
    return org.springframework.security.core.userdetails.User.withUsername(user.username())
        .password(row.getString("password_hash"))
        .authorities(user.roles().stream().map(Role::authority).toArray(String[]::new))
        .disabled(row.getBoolean("disabled"))
        .build();
  }
}
