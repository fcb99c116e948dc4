// GitLabSimulator
