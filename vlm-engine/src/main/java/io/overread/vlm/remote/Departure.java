package io.overread.vlm.remote;

import java.util.List;
import java.util.UUID;

/**
 * What a site does before anything leaves for a remote engine, and how it writes down that it did.
 * Images are cleaned before they are encoded; the text of each question is cleaned here.
 */
public interface Departure {

  /** For images that are of no patient, or public. */
  Departure OF_NO_PATIENT =
      new Departure() {
        @Override
        public String cleared(String text) {
          return text;
        }

        @Override
        public UUID leaving(Consignment consignment) {
          return new UUID(0, 0);
        }

        @Override
        public void ended(UUID call, Arrival arrival) {}
      };

  /** A text without what identifies the patient. */
  String cleared(String text);

  /** Called before each call, which gets an id; if it throws, nothing is sent. */
  UUID leaving(Consignment consignment);

  /** Called after it, however it ended. */
  void ended(UUID call, Arrival arrival);

  /**
   * What is sent with one call: the images with each of the texts.
   *
   * @param modelDigest of the model's identity
   * @param model its name at the engine
   * @param hosts to one or several of which it goes
   * @param imageDigests SHA-256 in hex of each PNG file
   * @param textDigests SHA-256 in hex of each question as it is sent, UTF-8, but for a closing
   *     sentence that says in which form to answer
   */
  record Consignment(
      String modelDigest,
      String model,
      List<String> hosts,
      List<String> imageDigests,
      List<String> textDigests) {
    /** Keeps its own copies. */
    public Consignment {
      hosts = List.copyOf(hosts);
      imageDigests = List.copyOf(imageDigests);
      textDigests = List.copyOf(textDigests);
    }
  }

  /**
   * How a call ended.
   *
   * @param answered whether all of it was answered
   * @param requests how many were sent, those sent again included
   * @param outcome {@code answered}, {@code cancelled}, or what went wrong, without patient data
   */
  record Arrival(boolean answered, int requests, String outcome) {}
}
