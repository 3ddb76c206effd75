/**
 * An IR.21 file of an invented organisation in the newer structure: prefixes of namespaces, a summary of network codes, nodes
 * in NwNodeList. Origin: written here after the public element names; MCC 001, numbers of the North American range
 * 555-0100 and of address ranges for documentation.
 */
export const NEWER_FILE = `<?xml version="1.0" encoding="UTF-8"?>
<tadig-raex-21:TADIGRAEXIR21 xmlns:tadig-raex-21="https://infocentre.gsm.org/TADIG-RAEX-IR21" xmlns="u:n">
  <RAEXIR21FileHeader><SenderTADIG>TSTEX</SenderTADIG></RAEXIR21FileHeader>
  <OrganisationInfo>
    <OrganisationName>Example &amp; Sons</OrganisationName>
    <CountryInitials>TST</CountryInitials>
    <TADIGSummaryList>
      <TADIGSummaryItem>
        <TADIGCode>TSTEX</TADIGCode>
        <NetworkProperties><MCC>001</MCC><MNC>01</MNC></NetworkProperties>
      </TADIGSummaryItem>
      <TADIGSummaryItem>
        <TADIGCode>TSTOT</TADIGCode>
        <NetworkProperties><MCC>001</MCC><MNC>77</MNC></NetworkProperties>
      </TADIGSummaryItem>
    </TADIGSummaryList>
    <NetworkList>
      <Network>
        <TADIGCode>TSTEX</TADIGCode>
        <NetworkName>Example</NetworkName>
        <NetworkData>
          <RoutingInfoSection>
            <RoutingInfo>
              <CCITT_E164_NumberSeries>
                <MSISDN_NumberRanges>
                  <RangeData>
                    <NumberRange>
                      <CC>1</CC><NDC>404555</NDC>
                      <SN_Range><SN_RangeStart>0100</SN_RangeStart><SN_RangeStop>0119</SN_RangeStop></SN_Range>
                    </NumberRange>
                    <NetworkOwner>TSTEX</NetworkOwner>
                  </RangeData>
                  <RangeData>
                    <NumberRange><CC>1</CC><NDC>305555</NDC></NumberRange>
                    <NetworkOwner>TSTOT</NetworkOwner>
                  </RangeData>
                </MSISDN_NumberRanges>
                <GT_NumberRanges>
                  <RangeData><NumberRange><CC>1</CC><NDC>4045550</NDC></NumberRange></RangeData>
                  <RangeData><NumberRange><CC>1</CC><NDC>40x</NDC></NumberRange></RangeData>
                </GT_NumberRanges>
              </CCITT_E164_NumberSeries>
              <CCITT_E212_NumberSeries><MCC>001</MCC><MNC>1</MNC></CCITT_E212_NumberSeries>
              <CCITT_E214_MGT><MGT_CC>1</MGT_CC><MGT_NC>404556</MGT_NC></CCITT_E214_MGT>
            </RoutingInfo>
          </RoutingInfoSection>
          <InternationalSCCPGatewaySection>
            <InternationalSCCPGatewayInfo>
              <InternationalSCCPCarrierList>
                <SCCPCarrierItem>
                  <SCCPCarrierName>Example Carrier</SCCPCarrierName>
                  <DPCList>
                    <DPCItem><SCSignature>A</SCSignature><SCType>ISPC</SCType><DPC>2-100-1</DPC></DPCItem>
                    <DPCItem><SCType>NSPC</SCType><DPC>4898</DPC></DPCItem>
                    <DPCItem><SCType>ISPC</SCType><DPC>nine</DPC></DPCItem>
                  </DPCList>
                </SCCPCarrierItem>
              </InternationalSCCPCarrierList>
            </InternationalSCCPGatewayInfo>
          </InternationalSCCPGatewaySection>
          <SubscrIdentityAuthenticationSection><HostName>secret.example.net</HostName></SubscrIdentityAuthenticationSection>
          <NetworkElementsInfoSection>
            <NetworkElementsInfo>
              <NwNodeList>
                <NwNode>
                  <NwElementType>HLR</NwElementType>
                  <GTAddressInfo>
                    <CC>1</CC><NDC>212555</NDC>
                    <SN_Range><SN_RangeStart>0100</SN_RangeStart><SN_RangeStop>0100</SN_RangeStop></SN_Range>
                  </GTAddressInfo>
                  <IPAddressInfo><IPAddressRange>192.0.2.16 - 192.0.2.31</IPAddressRange></IPAddressInfo>
                </NwNode>
              </NwNodeList>
            </NetworkElementsInfo>
          </NetworkElementsInfoSection>
          <GRXIPXRoutingForDataRoamingSection>
            <GRXIPXRoutingForDataRoaming>
              <InterPMNBackboneIPList>
                <IPAddressOrRange><IPAddressRange>198.51.100.0/24</IPAddressRange><NetworkOwner>MNO</NetworkOwner></IPAddressOrRange>
                <IPAddressOrRange><IPAddress>203.0.113.9</IPAddress><NetworkOwner>TSTOT</NetworkOwner></IPAddressOrRange>
              </InterPMNBackboneIPList>
              <PMNAuthoritativeDNSIPList><DNSitem><IPAddress>203.0.113.10</IPAddress></DNSitem></PMNAuthoritativeDNSIPList>
            </GRXIPXRoutingForDataRoaming>
          </GRXIPXRoutingForDataRoamingSection>
          <LTEInfoSection>
            <LTEInfo>
              <EPCRealmsForRoaming>epc.mnc001.mcc001.3gppnetwork.org, epc.example.net</EPCRealmsForRoaming>
              <RoamingInterconnection>
                <FQDN>dea1.example.net</FQDN>
                <FQDN>dra.carrier3gppnetwork.org</FQDN>
                <IPAddress>2001:db8::7</IPAddress>
                <S6a><HostnamesHSS_MMEList><HostName>hss1.example.net</HostName></HostnamesHSS_MMEList></S6a>
              </RoamingInterconnection>
            </LTEInfo>
          </LTEInfoSection>
          <ContactInfoSection><Email>nobody@example.net</Email></ContactInfoSection>
        </NetworkData>
      </Network>
    </NetworkList>
  </OrganisationInfo>
</tadig-raex-21:TADIGRAEXIR21>
`

/** A file in the older structure, without prefixes and with little in it. Origin: as above. */
export const OLDER_FILE = `<TADIGRAEXIR21>
<OrganisationInfo><OrganisationName>Elder</OrganisationName><CountryInitials>ELD</CountryInitials><NetworkList>
<Network><TADIGCode>ELDAA</TADIGCode><NetworkData><RoutingInfoSection><RoutingInfo>
<E212E214Translation><MCC>001</MCC><MNC>02</MNC><MGT_CC>1</MGT_CC><MGT_NC>505555</MGT_NC></E212E214Translation>
</RoutingInfo></RoutingInfoSection><LTEInfoSection><SectionNA>NA</SectionNA></LTEInfoSection>
<IPRoaming_IW_InfoSection><InterPMNBackboneIPList><IPAddressRange>192.0.2.128/25</IPAddressRange></InterPMNBackboneIPList>
</IPRoaming_IW_InfoSection></NetworkData></Network>
<Network><TADIGCode>ELDBB</TADIGCode></Network>
</NetworkList></OrganisationInfo></TADIGRAEXIR21>
`
