package io.overread.service.region;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A box on an image, in columns and rows from its upper left corner (PS3.3 C.18.6).
 *
 * @param left its left edge
 * @param top its upper edge
 * @param right its right edge
 * @param bottom its lower edge
 */
public record ImageBox(double left, double top, double right, double bottom) {

  static ImageBox of(ResultSet row) throws SQLException {
    return new ImageBox(
        row.getDouble("left_column"),
        row.getDouble("top_row"),
        row.getDouble("right_column"),
        row.getDouble("bottom_row"));
  }
}
