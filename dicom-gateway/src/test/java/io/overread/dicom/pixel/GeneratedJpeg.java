package io.overread.dicom.pixel;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** JPEG streams made up for tests, of the best quality. */
public final class GeneratedJpeg {
  private static final String FORMAT = "javax_imageio_jpeg_image_1.0";

  private GeneratedJpeg() {}

  /** A grey stream. */
  public static byte[] gray(int width, int height, int... greys) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, width, height, greys);
    return write(image.getRaster(), image, node -> node, "");
  }

  /** Three components as they are, neither transformed nor subsampled, without JFIF or Adobe. */
  public static byte[] components(int width, int height, int... samples) {
    return components(width, height, "", samples);
  }

  /** Three components, with an Adobe marker of that transform ("0", "1") unless it is empty. */
  public static byte[] components(int width, int height, String adobe, int... samples) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
    raster.setPixels(0, 0, width, height, samples);
    return write(raster, image, GeneratedJpeg::bare, adobe);
  }

  /** Three components as they are, with a restart marker after so many MCUs. */
  public static byte[] restarting(int width, int height, int interval, int... samples) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 3, null);
    raster.setPixels(0, 0, width, height, samples);
    UnaryOperator<Node> change =
        tree -> {
          var marker = new IIOMetadataNode("dri");
          marker.setAttribute("interval", "" + interval);
          Node sequence = bare(tree).getLastChild();
          sequence.insertBefore(marker, sequence.getFirstChild());
          return tree;
        };
    return write(raster, image, change, "");
  }

  /**
   * A progressive stream as the JDK makes it: grey for a sample a pixel; for three, chrominance
   * subsampled by two in both directions.
   */
  public static byte[] progressive(int width, int height, float quality, int... samples) {
    boolean gray = samples.length == width * height;
    var image =
        new BufferedImage(
            width, height, gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    image.getRaster().setPixels(0, 0, width, height, samples);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] write(
      Raster raster, BufferedImage type, UnaryOperator<Node> change, String adobe) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(1);
      IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(type), param);
      Node tree = change.apply(metadata.getAsTree(FORMAT));
      if (!adobe.isEmpty()) {
        var marker = new IIOMetadataNode("app14Adobe");
        marker.setAttribute("version", "100");
        marker.setAttribute("flags0", "0");
        marker.setAttribute("flags1", "0");
        marker.setAttribute("transform", adobe);
        Node sequence = tree.getLastChild();
        sequence.insertBefore(marker, sequence.getFirstChild());
      }
      metadata.setFromTree(FORMAT, tree);
      if (raster.getNumBands() == 1) {
        writer.write(null, new IIOImage(type, null, metadata), param);
      } else {
        writer.write(null, new IIOImage(raster, null, metadata), param);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Takes the JFIF marker out and sets all sampling factors to 1. */
  private static Node bare(Node tree) {
    NodeList variety = tree.getFirstChild().getChildNodes();
    while (variety.getLength() > 0) {
      tree.getFirstChild().removeChild(variety.item(0));
    }
    NodeList segments = tree.getLastChild().getChildNodes();
    for (int index = 0; index < segments.getLength(); index++) {
      if (segments.item(index).getNodeName().equals("sof")) {
        NodeList components = segments.item(index).getChildNodes();
        for (int component = 0; component < components.getLength(); component++) {
          var node = (IIOMetadataNode) components.item(component);
          node.setAttribute("HsamplingFactor", "1");
          node.setAttribute("VsamplingFactor", "1");
        }
      }
    }
    return tree;
  }
}
