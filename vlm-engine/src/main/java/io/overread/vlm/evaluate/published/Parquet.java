package io.overread.vlm.evaluate.published;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqStruct;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The hub's Parquet files: a question a row, images as structs of {@code bytes} and a name. */
final class Parquet {

  static {
    // Its native library would be unpacked where nobody cleans up; the Java one does as well here.
    System.setProperty("org.xerial.snappy.purejava", "true");
  }

  private Parquet() {}

  /** The Parquet files of a folder whose first one has all these columns; else none. */
  static List<Path> files(Path folder, Set<String> columns) {
    List<Path> files = Folder.endingWith(folder, ".parquet");
    return files.isEmpty() || !columns(files.getFirst()).containsAll(columns) ? List.of() : files;
  }

  static Set<String> columns(Path file) {
    try (InputFile input = InputFile.of(file);
        ParquetFileReader reader = ParquetFileReader.open(input)) {
      return reader.getFileSchema().getRootNode().children().stream()
          .map(SchemaNode::name)
          .collect(Collectors.toSet());
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(file + ": no Parquet file: " + e.getMessage());
    }
  }

  /** Hands over row after row; each is valid only until it returns. */
  static void forEach(Path file, Consumer<RowReader> reader) {
    try (InputFile input = InputFile.of(file);
        ParquetFileReader parquet = ParquetFileReader.open(input);
        RowReader rows = parquet.rowReader()) {
      while (rows.hasNext()) {
        rows.next();
        reader.accept(rows);
      }
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage());
    }
  }

  static String text(RowReader row, String column) {
    if (row.isNull(column)) {
      throw new IllegalArgumentException("a row lacks " + column);
    }
    return row.getString(column);
  }

  /** The image of a column, unpacked; null where the row has none. */
  static @Nullable Path image(RowReader row, String column, Shelf shelf) {
    if (row.isNull(column)) {
      return null;
    }
    PqStruct image = row.getStruct(column);
    return image.isNull("bytes") ? null : shelf.keep(image.getBinary("bytes"));
  }
}
