package io.overread.dicom.net.dimse;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetReader;
import io.overread.dicom.data.DataSetWriter;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.LengthEncoding;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command set of a DIMSE message, PS3.7 6.3: implicit VR little endian, group 0000. */
public final class CommandSet {
  private static final int NO_DATA_SET = 0x0101;
  private static final int DATA_SET_PRESENT = 0x0001;
  private static final int MEDIUM_PRIORITY = 0x0000;
  private static final int ERROR_COMMENT_LENGTH = 64;
  private static final ReadLimits LIMITS = new ReadLimits(1, 256, 16_384, 65_536, 65_536);

  private final DataSet elements;
  private final int field;

  private CommandSet(DataSet elements, int field) {
    this.elements = elements;
    this.field = field;
  }

  /**
   * Reads a command set.
   *
   * @throws InvalidCommandException when the bytes are none, or it has no Command Field
   */
  public static CommandSet decode(byte[] bytes, int length) throws InvalidCommandException {
    DataSet elements;
    try {
      elements =
          new DataSetReader(LIMITS)
              .read(
                  new ByteArrayInputStream(bytes, 0, length),
                  TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
    } catch (DicomFormatException e) {
      throw new InvalidCommandException("not a command set: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Bytes in memory have no other failure.
    }
    int field =
        elements
            .integer(Tag.CommandField)
            .orElseThrow(() -> new InvalidCommandException("a command set without Command Field"));
    return new CommandSet(elements, field);
  }

  /**
   * A request of PS3.7 9.3 or 10.3.
   *
   * @param field Command Field of a request
   * @param messageId Message ID
   * @param parameters what else the request says, elements of group 0000
   * @param dataSet whether a data set follows
   */
  public static CommandSet request(int field, int messageId, DataSet parameters, boolean dataSet) {
    DataSet elements = start(field, dataSet ? DATA_SET_PRESENT : NO_DATA_SET);
    parameters.forEach(elements::put);
    elements.putInteger(Tag.MessageID, messageId);
    return new CommandSet(elements, field);
  }

  /** A C-ECHO-RQ, PS3.7 9.3.5.1. */
  public static CommandSet echoRequest(int messageId, String sopClassUid) {
    DataSet parameters = new DataSet().putString(Tag.AffectedSOPClassUID, sopClassUid);
    return request(CommandField.C_ECHO_RQ, messageId, parameters, false);
  }

  /** A C-STORE-RQ, PS3.7 9.3.1.1. */
  public static CommandSet storeRequest(int messageId, String sopClassUid, String sopInstanceUid) {
    DataSet parameters =
        new DataSet()
            .putString(Tag.AffectedSOPClassUID, sopClassUid)
            .putInteger(Tag.Priority, MEDIUM_PRIORITY)
            .putString(Tag.AffectedSOPInstanceUID, sopInstanceUid);
    return request(CommandField.C_STORE_RQ, messageId, parameters, true);
  }

  /** The C-CANCEL-RQ of a request that is under way, PS3.7 9.3.2.3. */
  public static CommandSet cancel(int messageId) {
    DataSet elements = start(CommandField.C_CANCEL_RQ, NO_DATA_SET);
    elements.putInteger(Tag.MessageIDBeingRespondedTo, messageId);
    return new CommandSet(elements, CommandField.C_CANCEL_RQ);
  }

  /**
   * The response to this request, without a data set. SOP Class and Instance are repeated where
   * they are UIDs.
   */
  public CommandSet respond(
      int status, @Nullable String errorComment, List<Integer> offendingElements) {
    return respond(status, errorComment, offendingElements, new DataSet(), false);
  }

  /**
   * The response to this request. SOP Class and Instance are repeated where they are UIDs.
   *
   * @param parameters what else the response says, elements of group 0000
   * @param dataSet whether a data set follows
   */
  public CommandSet respond(
      int status,
      @Nullable String errorComment,
      List<Integer> offendingElements,
      DataSet parameters,
      boolean dataSet) {
    int response = field | CommandField.RESPONSE;
    DataSet answer = start(response, dataSet ? DATA_SET_PRESENT : NO_DATA_SET);
    sopClassUid().ifPresent(uid -> answer.putString(Tag.AffectedSOPClassUID, uid));
    answer.putInteger(Tag.MessageIDBeingRespondedTo, messageId().orElse(0));
    answer.putInteger(Tag.Status, status);
    sopInstanceUid().ifPresent(uid -> answer.putString(Tag.AffectedSOPInstanceUID, uid));
    if (errorComment != null && !errorComment.isEmpty()) {
      answer.putString(Tag.ErrorComment, asciiComment(errorComment));
    }
    if (!offendingElements.isEmpty()) {
      long[] tags = offendingElements.stream().mapToLong(Integer::toUnsignedLong).toArray();
      answer.putInteger(Tag.OffendingElement, Vr.AT, tags);
    }
    parameters.forEach(answer::put);
    return new CommandSet(answer, response);
  }

  /** Command Field. */
  public int field() {
    return field;
  }

  /** Whether it answers a request. */
  public boolean isResponse() {
    return (field & CommandField.RESPONSE) != 0;
  }

  /** Whether a data set follows. */
  public boolean hasDataSet() {
    return elements.integer(Tag.CommandDataSetType).orElse(NO_DATA_SET) != NO_DATA_SET;
  }

  /** Message ID. */
  public Optional<Integer> messageId() {
    return integer(Tag.MessageID);
  }

  /** Message ID Being Responded To. */
  public Optional<Integer> messageIdBeingRespondedTo() {
    return integer(Tag.MessageIDBeingRespondedTo);
  }

  /** Status. */
  public Optional<Integer> status() {
    return integer(Tag.Status);
  }

  /** Affected, or else Requested, SOP Class UID, if it is a UID. */
  public Optional<String> sopClassUid() {
    return uid(Tag.AffectedSOPClassUID).or(() -> uid(Tag.RequestedSOPClassUID));
  }

  /** Affected, or else Requested, SOP Instance UID, if it is a UID. */
  public Optional<String> sopInstanceUid() {
    return uid(Tag.AffectedSOPInstanceUID).or(() -> uid(Tag.RequestedSOPInstanceUID));
  }

  /** An element of group 0000 that is a number, such as Action Type ID. */
  public Optional<Integer> number(int tag) {
    return integer(tag);
  }

  /** An element of group 0000 that is text, such as Move Destination. */
  public Optional<String> text(int tag) {
    return elements.string(tag);
  }

  /** The elements. */
  public DataSet elements() {
    return elements.copy();
  }

  /** Error Comment. */
  public Optional<String> errorComment() {
    return elements.string(Tag.ErrorComment);
  }

  /** Offending Elements as tags. */
  public List<Integer> offendingElements() {
    return java.util.Arrays.stream(elements.integers(Tag.OffendingElement))
        .mapToObj(tag -> (int) tag)
        .toList();
  }

  /** As on the wire. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      new DataSetWriter(LengthEncoding.EXPLICIT)
          .write(elements, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
    return bytes.toByteArray();
  }

  private static DataSet start(int field, int dataSetType) {
    DataSet elements = new DataSet();
    elements.putInteger(Tag.CommandGroupLength, 0); // The writer computes it.
    elements.putInteger(Tag.CommandField, field);
    elements.putInteger(Tag.CommandDataSetType, dataSetType);
    return elements;
  }

  private Optional<Integer> integer(int tag) {
    var value = elements.integer(tag);
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }

  private Optional<String> uid(int tag) {
    return elements.string(tag).filter(io.overread.dicom.net.pdu.WireText::isUid);
  }

  /** LO of the default repertoire: PS3.7 9.3.1.2 has no character set for it. */
  private static String asciiComment(String comment) {
    String ascii = comment.replaceAll("[^ -\\[\\]-~]", "?").strip();
    return ascii.substring(0, Math.min(ascii.length(), ERROR_COMMENT_LENGTH));
  }
}
