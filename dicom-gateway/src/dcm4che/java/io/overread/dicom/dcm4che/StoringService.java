package io.overread.dicom.dcm4che;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.AssociationEvent;
import io.overread.dicom.net.AssociationInfo;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.StoreRequest;
import io.overread.dicom.net.StoreResponse;
import io.overread.dicom.net.pdu.WireText;
import java.io.IOException;
import java.util.Objects;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.jspecify.annotations.Nullable;

/** Answers C-STORE by our handler, PS3.7 9.3.1, for all SOP Classes that were accepted. */
final class StoringService extends BasicCStoreSCP {
  private static final int LONGEST_COMMENT = 64;

  private final Acceptance acceptance;

  StoringService(Acceptance acceptance) {
    this.acceptance = acceptance;
  }

  @Override
  protected void store(
      Association association,
      PresentationContext context,
      Attributes command,
      @Nullable PDVInputStream data,
      Attributes response)
      throws IOException {
    try {
      write(answer(association, context, command, data), response);
    } catch (Error e) {
      acceptance.abort(association);
      throw e;
    }
    if (data != null) {
      data.skipAll();
    }
  }

  private StoreResponse answer(
      Association association,
      PresentationContext context,
      Attributes command,
      @Nullable PDVInputStream data)
      throws IOException {
    AssociationInfo info = acceptance.info(association);
    if (info == null) {
      throw new IOException("the association has ended");
    }
    String sopClass = command.getString(Tag.AffectedSOPClassUID);
    String sopInstance = command.getString(Tag.AffectedSOPInstanceUID);
    PresentationContext proposed =
        association.getAAssociateRQ().getPresentationContext(context.getPCID());
    if (sopClass == null || !sopClass.equals(proposed.getAbstractSyntax())) {
      return StoreResponse.of(
          DimseStatus.SOP_CLASS_NOT_SUPPORTED, "not the SOP Class of the presentation context");
    }
    if (sopInstance == null || !WireText.isUid(sopInstance)) {
      return StoreResponse.of(DimseStatus.INVALID_SOP_INSTANCE, "no valid SOP Instance UID");
    }
    if (data == null) {
      return StoreResponse.of(DimseStatus.CANNOT_UNDERSTAND, "a C-STORE without a data set");
    }
    StoreRequest request =
        new StoreRequest(
            command.getInt(Tag.MessageID, 0),
            sopClass,
            sopInstance,
            context.getTransferSyntax(),
            info);
    return handle(request, new WatchedStream(data));
  }

  private StoreResponse handle(StoreRequest request, WatchedStream dataSet) throws IOException {
    try {
      return Objects.requireNonNull(acceptance.handler().store(request, dataSet));
    } catch (IOException | RuntimeException e) {
      if (dataSet.failure() != null) {
        throw new IOException("the association ended within the data set", e);
      }
      acceptance.tell(new AssociationEvent.HandlerFailed(request, e));
      return StoreResponse.of(DimseStatus.PROCESSING_FAILURE);
    }
  }

  private static void write(StoreResponse answer, Attributes response) {
    response.setInt(Tag.Status, VR.US, answer.status().code());
    String comment = answer.errorComment();
    if (comment != null) {
      String ascii = comment.replaceAll("[^ -~]|\\\\", "?");
      response.setString(
          Tag.ErrorComment, VR.LO, ascii.substring(0, Math.min(ascii.length(), LONGEST_COMMENT)));
    }
    if (!answer.offendingElements().isEmpty()) {
      int[] tags = answer.offendingElements().stream().mapToInt(Integer::intValue).toArray();
      response.setInt(Tag.OffendingElement, VR.AT, tags);
    }
  }
}
