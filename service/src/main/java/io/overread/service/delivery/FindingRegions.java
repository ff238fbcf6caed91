package io.overread.service.delivery;

import io.overread.gateway.result.ReportToDeliver.Point;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where on its image the model saw a finding, for as long as the finding is kept. */
@Component
public class FindingRegions {
  private final JdbcClient jdbc;

  FindingRegions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps the box of a finding.
   *
   * @param leftTop its upper left corner, in columns and rows of the image
   * @param rightBottom its lower right corner
   */
  public void keep(UUID finding, Point leftTop, Point rightBottom) {
    jdbc.sql("insert into finding_region values (?, ?, ?, ?, ?)")
        .param(finding)
        .param(leftTop.column())
        .param(leftTop.row())
        .param(rightBottom.column())
        .param(rightBottom.row())
        .update();
  }

  /** Its outline, clockwise; empty where there is none. */
  List<Point> outline(UUID finding) {
    return jdbc.sql("select * from finding_region where finding_id = ?")
        .param(finding)
        .query(
            (row, number) -> {
              double left = row.getDouble("left_column");
              double top = row.getDouble("top_row");
              double right = row.getDouble("right_column");
              double bottom = row.getDouble("bottom_row");
              return List.of(
                  new Point(left, top),
                  new Point(right, top),
                  new Point(right, bottom),
                  new Point(left, bottom));
            })
        .optional()
        .orElseGet(List::of);
  }
}
