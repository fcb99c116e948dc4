import Testing

@testable import SecureBuild

/// What buildah 1.28 refuses of what BuildKit takes.
@Suite struct DockerfileLackings {
  struct Line: Sendable {
    let text: String
    let column: Int
  }

  static let lacking = [
    Line(text: "RUN <<EOF\nx\nEOF", column: 5), Line(text: "RUN cat <<EOF > /x\nx\nEOF", column: 9),
    Line(text: "COPY <<EOF /x\nx\nEOF", column: 6), Line(text: "ADD <<EOF /x\nx\nEOF", column: 5),
    Line(text: "COPY --link a /a", column: 6), Line(text: "COPY --link=false a /a", column: 6),
    Line(text: "COPY --parents a/b /a/", column: 6), Line(text: "COPY --exclude=*.md . /a/", column: 6),
    Line(text: "COPY --chmod=u+x a /a", column: 6), Line(text: "ADD --link a /a", column: 5),
    Line(text: "ADD --checksum=sha256:00 http://x/y /y", column: 5),
    Line(text: "ADD --keep-git-dir=true a /a", column: 5),
    Line(text: "ADD --unpack=true a /a", column: 5), Line(text: "ADD --from=x a /a", column: 5),
    Line(text: "ADD https://gitlab.example/a/b.git#main /b", column: 5),
    Line(text: "ADD git@gitlab.example:a/b.git /b", column: 5),
    Line(text: "ADD git://gitlab.example/a/b /b", column: 5), Line(text: "RUN --network=none x", column: 5),
    Line(text: "RUN --security=insecure x", column: 5), Line(text: "RUN --device=x x", column: 5),
    Line(text: "RUN --mount=type=foo,target=/x x", column: 5),
    Line(text: "RUN --mount=type=tmpfs,target=/x,size=1m x", column: 5),
    Line(text: "RUN --mount=type=bind,target=x x", column: 5),
    Line(text: "RUN --mount=type=secret,id=x,required=true x", column: 5),
    Line(text: "RUN --mount=type=secret,id=x,env=X x", column: 5),
    Line(text: "RUN --mount=type=bind,from=0,target=/x x", column: 5),
    Line(text: "HEALTHCHECK --start-interval=1s CMD x", column: 13), Line(text: "ENV B=${A#a}", column: 5),
    Line(text: "ENV B=${A:?x}", column: 5), Line(text: "WORKDIR /${A%c}", column: 9),
    Line(text: "LABEL x=${A-y}", column: 7),
    Line(text: "COPY ${A/x/y} /", column: 6), Line(text: "COPY --from=BUILD / /", column: 6),
    Line(text: "ONBUILD RUN <<EOF\nx\nEOF", column: 13),
  ]

  private func needs(_ text: String, engine: BuildRequest.EngineName = .local) -> DockerfileNeeds {
    Dockerfile("FROM a AS build\nFROM b\n\(text)\n".utf8).needs(engine: engine)
  }

  @Test(arguments: lacking) func `is named at its place, with what to write instead`(_ line: Line) throws {
    let needs = needs(line.text)
    let problem = try #require(needs.problems.first)
    #expect(needs.problems.count == 1 && problem.kind == .lacking)
    #expect(problem.at == DockerfilePosition(line: 3, column: line.column), "\(problem.at)")
    let refusal = problem.refusal(in: "Dockerfile")
    #expect(refusal.code == .dockerfileUnsupported && !refusal.mend.en.isEmpty && !refusal.mend.zh.isEmpty)
  }

  @Test(arguments: lacking) func `and is no matter where a cluster builds`(_ line: Line) {
    #expect(needs(line.text, engine: .kubernetes).problems.isEmpty)
  }

  static let fine = [
    "COPY --chown=1:2 --chmod=0755 a /a", "ARG M\nCOPY --chmod=$M a /a", "COPY --from=build /x /x",
    "COPY --from=0 /x /x",
    "ADD --chown=1 --chmod=644 a.tar /a", "RUN --mount=type=bind,source=a,target=/a,ro x",
    "RUN --mount=type=cache,target=/c,id=a,sharing=locked,mode=0755 x", "RUN --mount=type=tmpfs,target=/t x",
    "RUN --mount=type=bind,from=build,target=/b x", "RUN echo ${A#a} ${A%b} ${A:?x}", "ENV B=${A:-x} C=${A:+y} D=$A",
    "HEALTHCHECK --interval=5s --timeout=1s --start-period=1s --retries=3 CMD x", "HEALTHCHECK NONE",
    "SHELL [\"/bin/bash\", \"-c\"]",
    "MAINTAINER me", "STOPSIGNAL SIGTERM", "VOLUME [\"/x\"]", "EXPOSE 80/tcp 90-95", "LABEL a=\"b c\" d='e'",
    "USER 1:1",
    "ENTRYPOINT [\"/x\"]", "CMD x", "WORKDIR $A/x",
  ]

  @Test(arguments: fine) func `what it has is let be`(line: String) {
    #expect(needs("ENV A=1\n\(line)").problems.isEmpty)
  }

  @Test func `a stage by a variable, a platform's argument that isn't declared, another frontend`() {
    func kinds(_ text: String) -> [DockerfileProblem.Kind] { Dockerfile(text.utf8).needs().problems.map(\.kind) }
    #expect(kinds("ARG S=x\nFROM a AS x\nFROM $S\n") == [.lacking])
    #expect(kinds("FROM a AS x\nFROM b\nARG S=x\nCOPY --from=$S / /\n") == [.lacking])
    #expect(kinds("FROM a-$TARGETARCH\n") == [.lacking])
    #expect(kinds("FROM ${X#y}\n").contains(.lacking))
    #expect(kinds("FROM a AS Base\nFROM base\n") == [.lacking])
    #expect(kinds("FROM a AS Base\nFROM Base\n") == [])
    #expect(kinds("# syntax=corp.example/frontend:1\nFROM a\n") == [.lacking])
    for known in [
      "docker/dockerfile:1", "docker/dockerfile:1.7-labs", "docker.io/docker/dockerfile",
      "docker/dockerfile:1@sha256:0",
    ] {
      #expect(kinds("# syntax=\(known)\nFROM a\n") == [])
    }
  }

  @Test(arguments: [
    "RUN --mount=type=secret,id=x x", "RUN --mount=type=ssh x", "ADD https://x.example/a /a", "ONBUILD RUN x",
    "HEALTHCHECK CMD x", "SHELL [\"/bin/bash\", \"-c\"]\nCMD x", "SHELL [\"x\"]\nENTRYPOINT x",
    "ARG T=t:1\nCOPY --from=$T / /",
  ])
  func `what passes but should be known is a note`(line: String) {
    let needs = needs(line)
    #expect(needs.problems.isEmpty && needs.notes.count == 1)
    #expect(needs.notes.first?.kind == .note)
  }
}
