package io.overread.dicom.dcm4che;

import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.AcceptedContext;
import io.overread.dicom.net.AssociationRefusedException;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.StorageAssociation;
import io.overread.dicom.net.StoreResponse;
import io.overread.dicom.net.dimse.DataSetSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.DimseRSP;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.InputStreamDataWriter;
import org.dcm4che3.net.pdu.AAssociateRJ;

/** An association that dcm4che requested for us, over plain TCP. */
final class Dcm4cheAssociation implements StorageAssociation {
  private static final int MEDIUM_PRIORITY = 0;

  private final Association association;
  private final DeviceThreads threads;
  private final List<AcceptedContext> contexts;

  private Dcm4cheAssociation(Association association, DeviceThreads threads) {
    this.association = association;
    this.threads = threads;
    this.contexts =
        Negotiation.agreed(association.getAAssociateRQ(), association.getAAssociateAC());
  }

  static Dcm4cheAssociation connect(AssociationRequest request) throws IOException {
    Requestor requestor = Requestor.of(request);
    boolean associated = false;
    try {
      Dcm4cheAssociation made = new Dcm4cheAssociation(requestor.connect(), requestor.threads());
      associated = true;
      return made;
    } catch (AAssociateRJ rejected) {
      throw new AssociationRefusedException(Negotiation.rejection(rejected));
    } catch (IncompatibleConnectionException | GeneralSecurityException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      if (!associated) {
        requestor.threads().close();
      }
    }
  }

  @Override
  public List<AcceptedContext> contexts() {
    return contexts;
  }

  @Override
  public DimseStatus echo() throws IOException {
    if (contexts.stream().noneMatch(one -> one.abstractSyntaxUid().equals(Uid.Verification))) {
      throw new IllegalStateException("Verification was not accepted");
    }
    try {
      return status(await(association.cecho()));
    } catch (InterruptedException e) {
      abort();
      throw interrupted();
    }
  }

  @Override
  public StoreResponse store(
      String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
      throws IOException {
    if (context(sopClassUid, transferSyntaxUid).isEmpty()) {
      throw new IllegalStateException("no context for " + sopClassUid + " in " + transferSyntaxUid);
    }
    WatchedStream source = new WatchedStream(dataSet);
    try {
      return response(
          await(
              association.cstore(
                  sopClassUid,
                  sopInstanceUid,
                  MEDIUM_PRIORITY,
                  new InputStreamDataWriter(source),
                  transferSyntaxUid)));
    } catch (IOException e) {
      abort();
      IOException failure = source.failure();
      throw failure == null ? e : new DataSetSourceException(failure);
    } catch (InterruptedException e) {
      abort();
      throw interrupted();
    }
  }

  private static Attributes await(DimseRSP response) throws IOException, InterruptedException {
    response.next();
    return response.getCommand();
  }

  private static DimseStatus status(Attributes command) {
    return new DimseStatus(
        command.getInt(Tag.Status, DimseStatus.PROCESSING_FAILURE.code()) & 0xFFFF);
  }

  private static StoreResponse response(Attributes command) {
    int[] offending = command.getInts(Tag.OffendingElement);
    return new StoreResponse(
        status(command),
        command.getString(Tag.ErrorComment),
        offending == null ? List.of() : Arrays.stream(offending).boxed().toList());
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while it waited for the peer");
  }

  @Override
  public void abort() {
    association.abort();
    threads.close();
  }

  @Override
  public void close() {
    try {
      if (association.isReadyForDataTransfer()) {
        association.release();
        association.waitForSocketClose();
      }
    } catch (IOException e) {
      // The association has ended all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.close();
    }
  }
}
