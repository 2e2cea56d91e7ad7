// Where the image of the bot is kept. Of its own, because the image must be there before the app that runs it (m365agents.yml).
@minLength(4)
@maxLength(20)
@description('The name of everything: lower-case letters and digits, a letter first.')
param resourceBaseName string
param location string = resourceGroup().location

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: resourceBaseName
  location: location
  sku: {
    name: 'Basic'
  }
  properties: {
    adminUserEnabled: false
  }
}

output REGISTRY_NAME string = registry.name
