package io.overread.dicom.toolkit;

import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.DicomObject;
import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AssociationListener;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.StorageRequestor;
import io.overread.dicom.net.StorageScu;
import io.overread.dicom.net.StoreHandler;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.FrameDecoding;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.dicom.pixel.Undecodable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A DICOM toolkit as the product uses one. Safe for use by several threads. */
public interface DicomToolkit extends StorageRequestor {

  /** As the setting {@code overread.dicom.toolkit} names it. */
  String name();

  /**
   * Listens, and serves Verification and Storage as SCP.
   *
   * @param services what is to be served beside them, as far as this toolkit can
   * @throws IOException when an address cannot be bound, or the toolkit cannot serve an endpoint
   */
  DicomServer listen(
      AcceptorSettings settings,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener events,
      List<DimseService> services)
      throws IOException;

  /**
   * Reads a DICOM file; pixel data stays in it.
   *
   * @throws DicomFormatException if this is no DICOM file, or a damaged one
   * @throws IOException if the file can't be read
   */
  DicomObject read(Path file) throws IOException;

  /** Sends files to a peer, under our AE title. */
  default StorageScu storageScu(
      RemoteApplicationEntity remote, String callingAeTitle, RequestorSettings settings) {
    return new StorageScu(this, remote, callingAeTitle, settings);
  }

  /**
   * Decodes a frame of a file: the pixel data is found by this toolkit, the codecs are ours.
   *
   * @param frame from 1
   * @return the frame, or why it can't be decoded
   * @throws IOException if the file can't be read
   */
  default FrameDecoding decode(Path file, int frame, PixelLimits limits) throws IOException {
    try {
      DicomObject object = read(file);
      return new FrameDecoder(limits).decode(object.transferSyntax(), object.dataSet(), frame);
    } catch (DicomFormatException malformed) {
      return new Undecodable(Undecodable.Cause.MALFORMED, String.valueOf(malformed.getMessage()));
    }
  }
}
