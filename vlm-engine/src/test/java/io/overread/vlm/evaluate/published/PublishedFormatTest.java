package io.overread.vlm.evaluate.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.evaluate.published.Truth.Rule;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format by a few invented entries in the files and fields that its authors publish. */
class PublishedFormatTest {

  private static final Path FIXTURES = Path.of("src/test/fixtures/published");

  @TempDir Path folder;

  @Test
  void vqa_rad_is_one_list_whose_phrase_type_tells_the_test_part() throws IOException {
    image("VQA_RAD Image Folder/synpic1.jpg");
    write(
        "VQA_RAD Dataset Public.json",
        """
        [{"qid":0,"phrase_type":"freeform","qid_linked_id":"03f451ca-de62","image_case_url":"https://x",
          "image_name":"synpic1.jpg","image_organ":"HEAD","evaluation":"not evaluated",
          "question":"Is it bright?","question_rephrase":"NULL","question_relation":"NULL",
          "question_frame":"NULL","question_type":"PRES","answer":"Yes","answer_type":"CLOSED"},
         {"qid":1,"phrase_type":"test_freeform","image_name":"synpic1.jpg","image_organ":"HEAD",
          "question":"How many discs?","question_type":"COUNT, SIZE","answer":2,"answer_type":"OPEN "},
         {"qid":2,"phrase_type":"test_para","image_name":"synpic1.jpg","image_organ":"HEAD",
          "question":"Is it dark?","question_type":"PRES","answer":"no","answer_type":"CLOSED"}]
        """);
    QuestionSet dev = read(PublishedFormat.VQA_RAD, Part.DEV);
    assertThat(dev.questions()).extracting(each -> each.origin().id()).containsExactly("1", "2");
    AskedQuestion first = dev.questions().getFirst();
    assertThat(first.words()).isEqualTo("How many discs?");
    assertThat(first.truth()).isEqualTo(Truth.words("2", false));
    assertThat(first.type()).isEqualTo("COUNT, SIZE");
    assertThat(dev.questions().getLast().truth().closed()).isTrue();
    assertThat(dev.questions().getLast().truth().isYesOrNo()).isTrue();
    assertThat(read(PublishedFormat.VQA_RAD, Part.TRAIN).questions()).hasSize(1);
    assertThat(read(PublishedFormat.VQA_RAD, Part.ALL).questions()).hasSize(3);
    assertThat(read(PublishedFormat.VQA_RAD, Part.ALL).digest()).isNotEqualTo(dev.digest());
  }

  @Test
  void slake_is_read_in_english_and_says_what_it_left_out() throws IOException {
    image("imgs/xmlab1/source.jpg");
    write(
        "test.json",
        """
        [{"img_id":1,"img_name":"xmlab1/source.jpg","question":"What modality is it?","answer":"MRI",
          "q_lang":"en","location":"Abdomen","modality":"MRI","answer_type":"OPEN","base_type":"vqa",
          "content_type":"Modality","triple":["vhead","_","_"],"qid":11934},
         {"img_id":1,"img_name":"xmlab1/source.jpg","question":"是吗？","answer":"是","q_lang":"zh",
          "location":"Abdomen","modality":"MRI","answer_type":"CLOSED","base_type":"vqa",
          "content_type":"Organ","triple":["vhead","_","_"],"qid":11935}]
        """);
    QuestionSet set = read(PublishedFormat.SLAKE, Part.DEV);
    assertThat(set.questions()).hasSize(1);
    assertThat(set.questions().getFirst().type()).isEqualTo("Modality");
    assertThat(set.note()).isEqualTo("1 questions are not in English");
    assertThatThrownBy(() -> read(PublishedFormat.SLAKE, Part.TRAIN))
        .hasMessageContaining("no questions of this part");
  }

  @Test
  void vqa_v2_joins_questions_and_their_ten_answers() throws IOException {
    image("val2014/COCO_val2014_000000000042.jpg");
    write(
        "v2_OpenEnded_mscoco_val2014_questions.json",
        """
        {"info":{"year":2017},"task_type":"Open-Ended","data_type":"mscoco","license":{"url":""},
         "data_subtype":"val2014","questions":[
          {"image_id":42,"question":"What colour is it?","question_id":42000},
          {"image_id":42,"question":"Who?","question_id":42001}]}
        """);
    write(
        "v2_mscoco_val2014_annotations.json",
        """
        {"info":{},"license":{},"data_subtype":"val2014","data_type":"mscoco","annotations":[
          {"question_type":"what color","multiple_choice_answer":"red","answers":[
            {"answer":"red","answer_confidence":"yes","answer_id":1},
            {"answer":"dark red","answer_confidence":"maybe","answer_id":2}],
           "image_id":42,"answer_type":"other","question_id":42000}]}
        """);
    QuestionSet set = read(PublishedFormat.VQA_V2, Part.DEV);
    assertThat(set.questions()).hasSize(1);
    assertThat(set.questions().getFirst().truth().rule()).isEqualTo(Rule.TEN_ANSWERS);
    assertThat(set.questions().getFirst().truth().answers()).containsExactly("red", "dark red");
  }

  @Test
  void ocr_bench_takes_one_answer_or_several() throws IOException {
    image("OCRBench_Images/IIIT5K/1.png");
    write(
        "OCRBench.json",
        """
        [{"dataset_name":"IIIT5K","type":"Regular Text Recognition","id":7,
          "image_path":"IIIT5K/1.png","question":"what is written in the image?","answers":["EXIT"]},
         {"dataset_name":"HME100k","type":"Handwritten Mathematical Expression Recognition","id":8,
          "image_path":"IIIT5K/1.png","question":"LaTeX?","answers":"a + b"}]
        """);
    QuestionSet set = read(PublishedFormat.OCR_BENCH, Part.DEV);
    assertThat(set.questions())
        .extracting(AskedQuestion::type)
        .containsExactly("Regular Text Recognition", "HME100k");
    assertThat(set.questions().getLast().truth().answers()).containsExactly("a + b");
  }

  @Test
  void math_vista_asks_its_query_and_knows_choices_numbers_and_texts() throws IOException {
    image("images/1.jpg");
    write(
        "testmini.json",
        """
        {"1":{"question":"How long?","image":"images/1.jpg","choices":null,"unit":null,"precision":1.0,
          "answer":"1.2","question_type":"free_form","answer_type":"float","pid":"1",
          "metadata":{"task":"textbook question answering"},"query":"Hint: one decimal. How long?"},
         "2":{"question":"Which?","image":"images/1.jpg","choices":["left","right"],"unit":null,
          "precision":null,"answer":"right","question_type":"multi_choice","answer_type":"text",
          "pid":"2","metadata":{"task":"figure question answering"}},
         "3":{"question":"Count","image":"images/1.jpg","choices":null,"precision":null,"answer":"4",
          "question_type":"free_form","answer_type":"integer","pid":"3","metadata":{}}}
        """);
    List<AskedQuestion> questions = read(PublishedFormat.MATH_VISTA, Part.DEV).questions();
    assertThat(questions.get(0).words()).startsWith("Hint: one decimal.");
    assertThat(questions.get(0).truth())
        .isEqualTo(new Truth(Rule.NUMBER, List.of("1.2"), List.of(), 1, false));
    assertThat(questions.get(1).words()).contains("A. left").contains("B. right");
    assertThat(questions.get(1).truth().rule()).isEqualTo(Rule.CHOICE);
    assertThat(questions.get(2).truth().decimals()).isZero();
  }

  @Test
  void mmmu_is_read_from_the_hubs_parquet_with_its_images() {
    Path mmmu = FIXTURES.resolve("mmmu");
    assertThat(PublishedFormat.in(mmmu)).containsExactly(PublishedFormat.MMMU);
    List<AskedQuestion> questions =
        PublishedFormat.MMMU.read(mmmu, Part.DEV, folder.resolve("shelf")).questions();
    assertThat(questions).hasSize(2);
    AskedQuestion choice = questions.getFirst();
    assertThat(choice.words())
        .isEqualTo(
            """
            Which square of (image 1) and (image 2) is lighter?
            A. the first
            B. the second's
            C. (image 2)
            Answer with the letter of the right choice.\
            """);
    assertThat(choice.images()).hasSize(2).allMatch(Files::isRegularFile);
    assertThat(choice.truth().answers()).containsExactly("the second's");
    assertThat(choice.type()).isEqualTo("Accounting");
    assertThat(questions.getLast().truth().rule()).isEqualTo(Rule.NUMBER);
    assertThatThrownBy(() -> PublishedFormat.MMMU.read(mmmu, Part.TRAIN, folder.resolve("shelf")))
        .hasMessageContaining("no questions of this part");
  }

  @Test
  void path_vqa_is_read_from_parquet_and_from_the_published_pickles() throws IOException {
    Path hub = FIXTURES.resolve("pathvqa");
    assertThat(PublishedFormat.in(hub)).containsExactly(PublishedFormat.PATH_VQA);
    List<AskedQuestion> rows =
        PublishedFormat.PATH_VQA.read(hub, Part.DEV, folder.resolve("shelf")).questions();
    assertThat(rows).extracting(each -> each.truth().closed()).containsExactly(true, false, true);
    assertThat(rows.get(0).images()).isEqualTo(rows.get(1).images());

    image("images/test/test_0001.jpg");
    Files.createDirectories(folder.resolve("qas/test"));
    Files.copy(
        FIXTURES.resolve("pathvqa-pickled/qas/test/test_qa.pkl"),
        folder.resolve("qas/test/test_qa.pkl"));
    List<AskedQuestion> pickled = read(PublishedFormat.PATH_VQA, Part.DEV).questions();
    assertThat(pickled).extracting(AskedQuestion::words).contains("Is it dark?");
    assertThat(pickled.getLast().truth().answers()).containsExactly("Größe é");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void pickles_of_every_protocol_hold_the_same(int protocol) {
    Path pickles = FIXTURES.resolve("pathvqa-pickled/qas/test");
    assertThat(PlainPickle.list(pickles.resolve("protocol" + protocol + ".pickle")))
        .isEqualTo(PlainPickle.list(pickles.resolve("test_qa.pkl")))
        .hasSize(2);
  }

  @Test
  void a_pickle_that_would_run_something_is_refused() {
    assertThatThrownBy(() -> PlainPickle.list(FIXTURES.resolve("pathvqa-pickled/harm.pickle")))
        .hasMessageContaining("is not one of plain data");
  }

  @Test
  void own_lines_say_who_is_shown_and_by_which_scanner() throws IOException {
    image("a.png");
    write(
        "questions.jsonl",
        """
        {"id":"1","image":"a.png","question":"Is it bright?","answer":"no","kind":"closed","sex":"female","age":"061Y","manufacturer":"ACME","model":"X1","group":"p1"}
        {"id":"2","images":["a.png","a.png"],"question":"Which?","choices":["x","y"],"answer":"y","split":"dev"}
        {"id":"3","image":"a.png","question":"Describe.","answer":"No effusion.","kind":"report"}
        {"id":"4","image":"a.png","question":"?","answer":"x","split":"train"}
        """);
    List<AskedQuestion> questions = read(PublishedFormat.JSON_LINES, Part.DEV).questions();
    assertThat(questions).hasSize(3);
    assertThat(questions.getFirst().origin()).isEqualTo(new Origin("1", "p1", "F", 61, "ACME X1"));
    assertThat(questions.get(1).images()).hasSize(2);
    assertThat(questions.get(2).truth().rule()).isEqualTo(Rule.REPORT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"1\" | line 1: no valid JSON",
        "{\"id\":\"1\",\"image\":\"a.png\",\"question\":\"?\"} | line 1: an entry lacks answer",
        "{\"id\":\"1\",\"question\":\"?\",\"answer\":\"x\"} | line 1: an entry lacks image",
        "{\"id\":\"1\",\"image\":\"../x\",\"question\":\"?\",\"answer\":\"x\"}" + " | line 1: ",
        "{\"id\":\"1\",\"image\":\"none.png\",\"question\":\"?\",\"answer\":\"x\"}"
            + " | the image of 1 is missing",
        "{\"id\":\"1\",\"image\":\"a.png\",\"question\":\"?\",\"answer\":\"x\",\"kind\":\"odd\"}"
            + " | there is no kind odd",
        "{\"id\":\"1\",\"image\":\"a.png\",\"question\":\"?\",\"answer\":\"x\",\"choices\":[\"y\"]}"
            + " | none of the choices"
      })
  void a_broken_line_is_told(String line, String message) throws IOException {
    image("a.png");
    write("questions.jsonl", line);
    assertThatThrownBy(() -> read(PublishedFormat.JSON_LINES, Part.DEV))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("questions")
        .hasMessageContaining(message);
  }

  private QuestionSet read(PublishedFormat format, Part part) {
    assertThat(PublishedFormat.in(folder)).containsExactly(format);
    return format.read(folder, part, folder.resolve("shelf"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void image(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(
        new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY),
        name.endsWith("png") ? "png" : "jpg",
        file.toFile());
  }
}
