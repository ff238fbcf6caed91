package io.overread.gateway.dicomweb;

import io.overread.audit.AuditTrail;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.dicomweb.retrieve.ExplicitLittleEndian;
import io.overread.gateway.dicomweb.retrieve.Frames;
import io.overread.gateway.dicomweb.retrieve.Holdings;
import io.overread.gateway.dicomweb.retrieve.RetrieveFrames;
import io.overread.gateway.dicomweb.retrieve.RetrieveInstances;
import io.overread.gateway.dicomweb.retrieve.RetrieveMetadata;
import io.overread.gateway.dicomweb.retrieve.RetrieveRendered;
import io.overread.gateway.dicomweb.search.SearchInstances;
import io.overread.gateway.dicomweb.store.StoreInstances;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoreSpace;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.FrameRenderer;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Wires DICOMweb. It takes from the context what {@code GatewayConfiguration} makes, and a {@link
 * FrameRenderer}; who may ask is for the service to say.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DicomwebProperties.class)
public class DicomwebConfiguration {

  @Bean
  DicomwebAdvice dicomwebAdvice() {
    return new DicomwebAdvice();
  }

  @Bean
  StoreController dicomwebStore(
      InstanceStore store,
      StoreSpace space,
      StoredInstances instances,
      DicomwebProperties properties) {
    return new StoreController(new StoreInstances(store, space, instances, properties), properties);
  }

  @Bean
  SearchController dicomwebSearch(
      DataSource dataSource,
      StoredInstances instances,
      AuditTrail auditTrail,
      PlatformTransactionManager transactions,
      DicomwebProperties properties) {
    return new SearchController(
        new SearchInstances(
            dataSource, instances, auditTrail, new TransactionTemplate(transactions), properties),
        properties);
  }

  @Bean
  Holdings dicomwebHoldings(
      StoredInstances instances, AuditTrail auditTrail, PlatformTransactionManager transactions) {
    return new Holdings(instances, auditTrail, new TransactionTemplate(transactions));
  }

  @Bean
  RetrieveController dicomwebRetrieve(Holdings holdings, DicomwebProperties properties) {
    Frames frames = new Frames(PixelLimits.STANDARD);
    return new RetrieveController(
        new RetrieveInstances(holdings, new ExplicitLittleEndian(frames)),
        new RetrieveMetadata(holdings),
        new RetrieveFrames(holdings, frames),
        properties);
  }

  @Bean
  RenderedController dicomwebRendered(
      Holdings holdings, FrameRenderer renderer, DicomwebProperties properties) {
    return new RenderedController(new RetrieveRendered(holdings, renderer), properties);
  }
}
