package io.overread.service.region;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where on its image the model saw a finding, for as long as the finding is kept. */
@Component
public class FindingRegions {
  private final JdbcClient jdbc;

  FindingRegions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps the box of a finding. */
  public void keep(UUID finding, FindingBox seen) {
    jdbc.sql(
            """
            insert into finding_region
              (finding_id, left_column, top_row, right_column, bottom_row, method)
            values (?, ?, ?, ?, ?, ?)
            """)
        .param(finding)
        .param(seen.box().left())
        .param(seen.box().top())
        .param(seen.box().right())
        .param(seen.box().bottom())
        .param(seen.method())
        .update();
  }

  /** The box of a finding; empty where there is none. */
  public Optional<FindingBox> of(UUID finding) {
    return jdbc.sql("select * from finding_region where finding_id = ?")
        .param(finding)
        .query((row, number) -> new FindingBox(ImageBox.of(row), row.getString("method")))
        .optional();
  }

  /**
   * Where a finding was seen.
   *
   * @param box around it
   * @param method how that was found out: MAP, BOX or OCCLUSION; null where that was not kept
   */
  public record FindingBox(ImageBox box, @Nullable String method) {}
}
