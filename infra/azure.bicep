// Two bots on one PostgreSQL, with the secrets in a key vault. Called by m365agents.yml; how: docs/operations.md, "On Azure".
@minLength(4)
@maxLength(20)
@description('The name of everything: lower-case letters and digits, a letter first.')
param resourceBaseName string
param location string = resourceGroup().location
@maxLength(42)
param botDisplayName string
@description('Of the app registration that the bot signs in as.')
param botAppId string
param botTenantId string
@secure()
param botPassword string
@description('In the registry of registry.bicep: name:tag.')
param image string

param partnerCenterUrl string
param partnerCenterTenantId string
param partnerCenterClientId string
@secure()
param partnerCenterClientSecret string
@secure()
@description('As `npm run consent` prints it.')
param partnerCenterRefreshToken string

@description('Object ids of the groups whose members have these roles; empty: nobody has it.')
param adminAgents string
param salesAgents string
param helpdeskAgents string
param globalAdmins string

@secure()
@minLength(32)
param sealingKey string
@secure()
@minLength(16)
param metricsToken string
@secure()
@minLength(16)
param databasePassword string
param isHighlyAvailable bool

// Azure's own roles: AcrPull, Key Vault Secrets User.
var pullRole = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var secretsRole = '4633458b-17de-408a-b874-0445c86b69e6'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: resourceBaseName
  location: location
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: resourceBaseName
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, pullRole)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pullRole)
  }
}

module network 'network.bicep' = {
  name: 'network'
  params: {
    resourceBaseName: resourceBaseName
    location: location
  }
}

module database 'database.bicep' = {
  name: 'database'
  params: {
    resourceBaseName: resourceBaseName
    location: location
    subnetId: network.outputs.databaseSubnetId
    zoneId: network.outputs.databaseZoneId
    password: databasePassword
    isHighlyAvailable: isHighlyAvailable
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: resourceBaseName
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enablePurgeProtection: true
  }

  resource botPasswordSecret 'secrets' = {
    name: 'bot-password'
    properties: {
      value: botPassword
    }
  }

  resource clientSecretSecret 'secrets' = {
    name: 'partner-center-client-secret'
    properties: {
      value: partnerCenterClientSecret
    }
  }

  resource refreshTokenSecret 'secrets' = {
    name: 'partner-center-refresh-token'
    properties: {
      value: partnerCenterRefreshToken
    }
  }

  resource sealingKeySecret 'secrets' = {
    name: 'sealing-key'
    properties: {
      value: sealingKey
    }
  }

  resource metricsTokenSecret 'secrets' = {
    name: 'metrics-token'
    properties: {
      value: metricsToken
    }
  }

  resource databaseUrlSecret 'secrets' = {
    name: 'database-url'
    properties: {
      value: 'postgresql://desk:${uriComponent(databasePassword)}@${database.outputs.host}:5432/desk?sslmode=verify-full'
    }
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsRole)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsRole)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2022-10-01' = {
  name: resourceBaseName
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

resource appEnvironment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: resourceBaseName
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    vnetConfiguration: {
      infrastructureSubnetId: network.outputs.appsSubnetId
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
  }
}

var host = '${resourceBaseName}.${appEnvironment.properties.defaultDomain}'
var secretNames = [
  'bot-password'
  'database-url'
  'metrics-token'
  'partner-center-client-secret'
  'partner-center-refresh-token'
  'sealing-key'
]

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: resourceBaseName
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  // The secrets, and the right to read them, must be there before the first start.
  dependsOn: [
    mayPull
    mayReadSecrets
    vault::botPasswordSecret
    vault::clientSecretSecret
    vault::databaseUrlSecret
    vault::metricsTokenSecret
    vault::refreshTokenSecret
    vault::sealingKeySecret
  ]
  properties: {
    managedEnvironmentId: appEnvironment.id
    workloadProfileName: 'Consumption'
    configuration: {
      // A new version is started, and asked whether it lives, before the old one is ended.
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
      }
      registries: [
        {
          server: registry.properties.loginServer
          identity: identity.id
        }
      ]
      secrets: [for name in secretNames: {
        name: name
        keyVaultUrl: '${vault.properties.vaultUri}secrets/${name}'
        identity: identity.id
      }]
    }
    template: {
      // It takes nothing new, and waits for what is in progress.
      terminationGracePeriodSeconds: 40
      scale: {
        minReplicas: 2
        maxReplicas: 2
      }
      volumes: [
        {
          name: 'secrets'
          storageType: 'Secret'
        }
      ]
      containers: [
        {
          name: 'bot'
          image: '${registry.properties.loginServer}/${image}'
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          volumeMounts: [
            {
              volumeName: 'secrets'
              mountPath: '/run/secrets'
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
              periodSeconds: 10
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
              periodSeconds: 30
              timeoutSeconds: 5
            }
          ]
          env: [
            { name: 'PORT', value: '3978' }
            { name: 'PUBLIC_URL', value: 'https://${host}' }
            { name: 'MicrosoftAppType', value: 'SingleTenant' }
            { name: 'MicrosoftAppId', value: botAppId }
            { name: 'MicrosoftAppTenantId', value: botTenantId }
            { name: 'MicrosoftAppPassword_FILE', value: '/run/secrets/bot-password' }
            { name: 'DATABASE_URL_FILE', value: '/run/secrets/database-url' }
            { name: 'SEALING_KEY_FILE', value: '/run/secrets/sealing-key' }
            { name: 'METRICS_TOKEN_FILE', value: '/run/secrets/metrics-token' }
            { name: 'PARTNER_CENTER_URL', value: partnerCenterUrl }
            { name: 'PARTNER_CENTER_TENANT_ID', value: partnerCenterTenantId }
            { name: 'PARTNER_CENTER_CLIENT_ID', value: partnerCenterClientId }
            { name: 'PARTNER_CENTER_CLIENT_SECRET_FILE', value: '/run/secrets/partner-center-client-secret' }
            { name: 'PARTNER_CENTER_REFRESH_TOKEN_FILE', value: '/run/secrets/partner-center-refresh-token' }
            { name: 'ROLES_SOURCE', value: 'graph' }
            { name: 'ADMIN_AGENTS', value: adminAgents }
            { name: 'SALES_AGENTS', value: salesAgents }
            { name: 'HELPDESK_AGENTS', value: helpdeskAgents }
            { name: 'GLOBAL_ADMINS', value: globalAdmins }
          ]
        }
      ]
    }
  }
}

module bot 'botRegistration/azurebot.bicep' = {
  name: 'bot'
  params: {
    resourceBaseName: resourceBaseName
    botDisplayName: botDisplayName
    botAppId: botAppId
    botTenantId: botTenantId
    endpoint: 'https://${host}/api/messages'
  }
}

output APP_NAME string = app.name
output PUBLIC_URL string = 'https://${host}'
