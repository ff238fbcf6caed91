package io.overread.gateway.query;

import io.overread.audit.AuditTrail;
import io.overread.dicom.pixel.FrameDecoder;
import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.peer.PeerAssociations;
import io.overread.gateway.peer.PeerProperties;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires C-FIND, C-GET and C-MOVE as SCP. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryProperties.class)
public class QueryConfiguration {

  @Bean
  QueryAccess queryAccess(QueryProperties properties, PeerProperties peers) {
    return new QueryAccess(properties.allow(), peers);
  }

  @Bean
  QueryTable queryTable(DataSource dataSource, PeerAssociations associations) {
    return new QueryTable(dataSource, associations.aeTitle());
  }

  @Bean
  QueryAudit queryAudit(AuditTrail auditTrail, PlatformTransactionManager transactions) {
    return new QueryAudit(auditTrail, new TransactionTemplate(transactions));
  }

  @Bean
  FindService findService(
      QueryProperties properties, QueryAccess access, QueryTable table, QueryAudit audit) {
    return new FindService(access, table, audit, properties.maxResults());
  }

  @Bean
  RetrieveService retrieveService(
      QueryAccess access,
      QueryTable table,
      StoredInstances instances,
      QueryAudit audit,
      PeerProperties peers,
      PeerAssociations associations) {
    return new RetrieveService(
        access,
        table,
        instances,
        audit,
        new Outgoing(new Decompression(new FrameDecoder(PixelLimits.STANDARD))),
        new MoveDestinations(peers, associations));
  }
}
