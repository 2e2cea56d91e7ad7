// PostgreSQL, with backups of 14 days; a second server takes over where `isHighlyAvailable` says so.
param resourceBaseName string
param location string
param subnetId string
param zoneId string
@secure()
param password string
param isHighlyAvailable bool

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: resourceBaseName
  location: location
  sku: {
    // High availability is to be had from this tier on.
    name: 'Standard_D2ds_v4'
    tier: 'GeneralPurpose'
  }
  properties: {
    version: '16'
    administratorLogin: 'desk'
    administratorLoginPassword: password
    storage: {
      storageSizeGB: 32
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: 14
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: isHighlyAvailable ? 'ZoneRedundant' : 'Disabled'
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: zoneId
    }
  }

  resource database 'databases' = {
    name: 'desk'
    properties: {
      charset: 'UTF8'
      collation: 'en_US.utf8'
    }
  }
}

output host string = server.properties.fullyQualifiedDomainName
