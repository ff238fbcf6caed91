package io.overread.gateway.priors;

import java.io.IOException;
import java.util.List;

/** An archive that has priors. */
interface PriorSource {

  /** Its name in the settings. */
  String name();

  /** Under which AE title its instances come. */
  String callingAeTitle();

  /**
   * The studies that it has.
   *
   * @throws IOException when it can't be asked, or refuses
   */
  List<Candidate> find(SoughtPriors sought) throws IOException;

  /**
   * Has a study stored with us.
   *
   * @return how many of its instances failed
   * @throws IOException when it can't be asked, or refuses
   */
  int fetch(String studyInstanceUid) throws IOException;
}
