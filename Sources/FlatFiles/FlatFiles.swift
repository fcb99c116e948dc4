// FlatFiles
