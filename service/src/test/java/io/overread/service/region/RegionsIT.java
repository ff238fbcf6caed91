package io.overread.service.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.db.TestDatabase;
import io.overread.service.region.AnswerRegions.AnswerBox;
import io.overread.service.region.FindingRegions.FindingBox;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Written by the service's own role, and never changed. */
class RegionsIT {
  private static final OffsetDateTime NOW =
      OffsetDateTime.of(2026, 1, 5, 9, 0, 0, 0, ZoneOffset.UTC);
  private static final ImageBox BOX = new ImageBox(1.5, 2, 30, 40);

  private final TestDatabase database = TestDatabase.create();
  private final JdbcClient jdbc = JdbcClient.create(database.serviceDataSource());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_finding_s_box_is_kept_with_the_way_in_which_it_was_found() {
    FindingRegions regions = new FindingRegions(jdbc);
    UUID finding = UUID.randomUUID();
    assertThat(regions.of(finding)).isEmpty();
    regions.keep(finding, new FindingBox(BOX, "OCCLUSION"));
    assertThat(regions.of(finding)).contains(new FindingBox(BOX, "OCCLUSION"));
    FindingBox guessed = new FindingBox(BOX, "GUESS");
    assertThatThrownBy(() -> regions.keep(UUID.randomUUID(), guessed))
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void an_answer_s_boxes_are_kept_in_their_order_and_stay_as_they_are() {
    AnswerRegions regions = new AnswerRegions(jdbc);
    UUID question = question("1.2.3");
    AnswerBox first = new AnswerBox("a nodule", "1.2.3.1", 2, BOX);
    AnswerBox second = new AnswerBox("", "1.2.3.1", 2, new ImageBox(0, 0, 9, 9));
    regions.keep(question, List.of(first, second));
    regions.keep(question("1.2.4"), List.of(first));
    assertThat(regions.ofStudy("1.2.3")).containsOnlyKeys(question);
    assertThat(regions.ofStudy("1.2.3").get(question)).containsExactly(first, second);
    assertThatThrownBy(() -> jdbc.sql("update answer_region set label = ''").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> jdbc.sql("delete from answer_region").update())
        .isInstanceOf(DataAccessException.class);
  }

  private UUID question(String study) {
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into study (study_instance_uid, state, revision, first_instance_at,
              revision_started_at, last_instance_at, completed_at)
            values (:uid, 'COMPLETE', 1, :now, :now, :now, :now)
            """)
        .param("uid", study)
        .param("now", NOW)
        .update();
    jdbc.sql(
            """
            insert into question (id, study_instance_uid, asked_by, asked_at, question,
              model_digest) values (:id, :uid, 'gray', :now, 'Where?', 'ab')
            """)
        .param("id", id)
        .param("uid", study)
        .param("now", NOW)
        .update();
    return id;
  }
}
