package io.overread.service.region;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The boxes that the model wrote into its answers. */
@Component
public class AnswerRegions {
  private final JdbcClient jdbc;

  AnswerRegions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps the boxes of a question's answer, in their order; before the answer is recorded. */
  public void keep(UUID question, List<AnswerBox> boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      AnswerBox each = boxes.get(i);
      jdbc.sql("insert into answer_region values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
          .param(question)
          .param(i)
          .param(each.label())
          .param(each.sopInstanceUid())
          .param(each.frameNumber())
          .param(each.box().left())
          .param(each.box().top())
          .param(each.box().right())
          .param(each.box().bottom())
          .update();
    }
  }

  /** The boxes of the answers about a study, by question. */
  public Map<UUID, List<AnswerBox>> ofStudy(String studyInstanceUid) {
    return jdbc
        .sql(
            """
            select r.* from answer_region r join question q on q.id = r.question_id
            where q.study_instance_uid = ? order by r.question_id, r.ordinal
            """)
        .param(studyInstanceUid)
        .query(
            (row, number) ->
                Map.entry(
                    row.getObject("question_id", UUID.class),
                    new AnswerBox(
                        row.getString("label"),
                        row.getString("sop_instance_uid"),
                        row.getInt("frame_number"),
                        ImageBox.of(row))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  /**
   * A box of an answer.
   *
   * @param label what the model calls it; may be empty
   * @param frameNumber from 1
   */
  public record AnswerBox(String label, String sopInstanceUid, int frameNumber, ImageBox box) {}
}
